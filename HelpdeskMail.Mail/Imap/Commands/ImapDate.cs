using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>date-time of RFC 9051 §9: "17-Jul-1996 02:44:25 -0700".</summary>
internal static class ImapDate
{
    private static readonly string[] Formats = ["d-MMM-yyyy H:mm:ss zzz", "d-MMM-yyyy H:mm:ss"];

    public static DateTimeOffset? Parse(byte[]? value)
    {
        if (value is null)
            return null;
        var text = Encoding.UTF8.GetString(value).Trim();
        // .NET wants a colon in the zone.
        if (text.Length > 5 && text[^5] is '+' or '-')
            text = text.Insert(text.Length - 2, ":");
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date) ? date : null;
    }

    public static string Format(DateTimeOffset date) =>
        date.ToString("dd-MMM-yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "");
}
