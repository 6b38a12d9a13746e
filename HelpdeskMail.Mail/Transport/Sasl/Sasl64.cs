using System.Text;

namespace HelpdeskMail.Mail.Transport.Sasl;

/// <summary>A challenge as it stands on the line: base64, or plain text where a server forgets that.</summary>
internal static class Sasl64
{
    public static byte[] Decode(string challenge)
    {
        var bytes = new byte[challenge.Length];
        return Convert.TryFromBase64String(challenge.Trim(), bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(challenge);
    }
}
