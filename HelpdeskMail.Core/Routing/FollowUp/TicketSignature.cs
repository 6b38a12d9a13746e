using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Core.Routing.Agents;

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

    /// <summary>What a notification to an agent carries: the same, for him alone, beginning with "a", or with "n" where it is about a note.</summary>
    public string OfAgent(long ticketId, string agentId, bool note) => string.Create(CultureInfo.InvariantCulture, $"{(note ? 'n' : 'a')}{ticketId}-{AgentCode(ticketId, agentId, note)}");

    /// <summary>Whether we made a tag, and for this agent.</summary>
    public bool IsFor(AgentTag tag, string agentId) => Same(tag.Code, AgentCode(tag.TicketId, agentId, tag.Internal));

    /// <summary>A message id's agent tag, its signature not yet checked.</summary>
    public static AgentTag? AgentTagInMessageId(string id)
    {
        var at = id.LastIndexOf('@');
        var local = at < 0 ? id : id.AsSpan(0, at);
        foreach (var part in local.Split('.'))
        {
            if (AgentTag(local[part]) is { } tag) return tag;
        }
        return null;
    }

    /// <summary>An address's agent tag, its signature not yet checked.</summary>
    public static AgentTag? AgentTagInAddress(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? AgentTag(address.AsSpan()[(plus + 1)..at]) : null;
    }

    private static AgentTag? AgentTag(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] is 'a' or 'A' or 'n' or 'N' && Ticket(text) is { } ticket ? new AgentTag(ticket, text[0] is 'n' or 'N', text[^Characters..].ToString().ToLowerInvariant()) : null;

    private long? Verify(string text) => text.Length > 0 && text[0] is 't' or 'T' && Ticket(text) is { } ticket && Same(text[^Characters..].ToLowerInvariant(), Code(ticket)) ? ticket : null;

    /// <summary>The number in "x12-" and sixteen characters.</summary>
    private static long? Ticket(ReadOnlySpan<char> text) =>
        text.Length >= Characters + 3 && text[^(Characters + 1)] == '-' && long.TryParse(text.Slice(1, text.Length - Characters - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var ticket) ? ticket : null;

    private static bool Same(string given, string ours) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(ours));

    private string Code(long ticketId) => Code(string.Create(CultureInfo.InvariantCulture, $"ticket {ticketId}"));

    private string AgentCode(long ticketId, string agentId, bool note) => Code(string.Create(CultureInfo.InvariantCulture, $"{(note ? "note" : "agent")} {ticketId} {agentId}"));

    private string Code(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);
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
