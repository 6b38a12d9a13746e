using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskMail.Core.Routing.FollowUp;

/// <summary>
/// A ticket's name that nobody else can make: "t12-" and 80 bits of an HMAC (RFC 2104) in base 32. It stands in the Message-ID and References of what we
/// send, where it survives relays that write a Message-ID of their own, and as a tag in reply addresses (RFC 5233). Who has it has had mail of the ticket.
/// </summary>
internal sealed class TicketSignature(byte[] key)
{
    private const int Octets = 10;
    private const int Characters = 16;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648 §6, in the case that mail systems leave alone

    public string Of(long ticketId) => string.Create(CultureInfo.InvariantCulture, $"t{ticketId}-{Code(ticketId)}");

    /// <summary>The ticket that a message id is signed for; null: none, or the signature is not ours.</summary>
    public long? InMessageId(string id)
    {
        var at = id.LastIndexOf('@');
        foreach (var part in (at < 0 ? id : id[..at]).Split('.'))
        {
            if (Verify(part) is { } ticket) return ticket;
        }
        return null;
    }

    /// <summary>The ticket whose tag an address carries: "support+t12-…@example.org".</summary>
    public long? InAddress(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? Verify(address[(plus + 1)..at]) : null;
    }

    private long? Verify(string text)
    {
        if (text.Length < Characters + 3 || text[0] is not ('t' or 'T') || text[^(Characters + 1)] != '-') return null;
        if (!long.TryParse(text.AsSpan(1, text.Length - Characters - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var ticket)) return null;
        var given = text[^Characters..].ToLowerInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(Code(ticket))) ? ticket : null;
    }

    private string Code(long ticketId)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ticket {ticketId}")), hash);
        Span<char> code = stackalloc char[Characters];
        var (bits, held, at) = (0, 0, 0);
        foreach (var octet in hash[..Octets])
        {
            (bits, held) = ((bits << 8) | octet, held + 8);
            for (; held >= 5; held -= 5) code[at++] = Base32[(bits >> (held - 5)) & 31];
        }
        return code.ToString();
    }
}
