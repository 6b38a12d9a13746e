using System.Text.RegularExpressions;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What routing and the ticket need of a mail, read from its bytes once. All texts are cleaned and bounded.</summary>
internal sealed class ReadMail
{
    private (ForwardedMail? Mail, bool Read)? forwarded;

    /// <summary>Without angle brackets; null where the mail has none.</summary>
    public string? MessageId { get; init; }

    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    /// <summary>As in the header: oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The author, or who comes nearest to it; its address is never empty.</summary>
    public required MessageAddress From { get; init; }

    public IReadOnlyList<MessageAddress> ReplyTo { get; init; } = [];

    public IReadOnlyList<MessageAddress> To { get; init; } = [];

    public IReadOnlyList<MessageAddress> Cc { get; init; } = [];

    /// <summary>Where the last server delivered it: Delivered-To, X-Original-To, Envelope-To (P9).</summary>
    public IReadOnlyList<string> DeliveredTo { get; init; } = [];

    /// <summary>The bytes it was read from, for the few steps that need more than stands here.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The text with quotations marked as such, also where the mail has nothing but HTML. Read when it is asked for.</summary>
    public string Replied => field ??= MimeMessage.Parse(Raw) is { Text: null, Html: { } html } ? MailText.Clean(HelpdeskMail.Mail.Reports.HtmlText.From(html), MailText.MaxText) : Text;

    /// <summary>The mail that this one forwards; null: it is no forward, or doesn't tell whose. Read when it is asked for.</summary>
    public ForwardedMail? Forwarded => (forwarded ??= (ForwardedMails.Read(MimeMessage.Parse(Raw)), true)).Mail;

    /// <summary>As they came; for filters and trusted commands. Points into the raw bytes.</summary>
    public required HeaderList Headers { get; init; }

    public string Subject { get; init; } = "";

    public DateTime? Date { get; init; }

    /// <summary>When the last server on its way took it in, by the topmost Received (RFC 5321 §4.4); null where it says nothing readable.</summary>
    public DateTime? ReceivedAt { get; init; }

    /// <summary>Primary subtag of Content-Language or Accept-Language (RFC 3282), such as "de"; null where the mail names none.</summary>
    public string? Language { get; init; }

    public string Text { get; init; } = "";

    public bool HasHtml { get; init; }

    /// <summary>Where the anchors of its HTML lead; only of mail that may be a provider's confirmation.</summary>
    public IReadOnlyList<string> HtmlLinks { get; init; } = [];

    public IReadOnlyList<ReadAttachment> Attachments { get; init; } = [];

    public AutomaticKind Automatic { get; init; }

    /// <summary>What a delivery report, a read receipt or a complaint says, recipient by recipient; empty for any other mail, and where it can't be read.</summary>
    public IReadOnlyList<ReadReport> Reports { get; init; } = [];

    /// <summary>The mail that such a report is about; null for any other mail.</summary>
    public ReadOriginal? Original { get; init; }

    /// <summary>See <see cref="TicketMessage.BodyKey"/>.</summary>
    public long BodyKey { get; init; }

    /// <summary>Everybody it was sent to, as far as it shows: first what the last server wrote, then To, then Cc.</summary>
    public IEnumerable<(string Address, RecipientHeader Header)> Recipients() =>
    [
        .. DeliveredTo.Select(address => (address, RecipientHeader.DeliveredTo)),
        .. To.Select(address => (address.Address, RecipientHeader.To)),
        .. Cc.Select(address => (address.Address, RecipientHeader.Cc)),
    ];
}

/// <param name="Path">Of the part in the raw mail.</param>
internal sealed record ReadAttachment(string Path, string Name, string Type, long Size, string Sha256, string? Cid);

/// <param name="Recipient">As the sender gave it, where the report says so; normalised. "" where it names nobody.</param>
/// <param name="Final">The address at the other end, where it is another one.</param>
/// <param name="Line">The server's words.</param>
/// <param name="Mta">The server that said them.</param>
internal sealed partial record ReadReport(NewsKind Kind, string Recipient, string? Final, string? Status, string? Line, string? Mta)
{
    /// <summary>Both addresses, most telling first, and the first one as it is where a server has left it encoded ("ann+2Ba@…", RFC 3461 §4).</summary>
    public IEnumerable<string> Addresses => new[] { Recipient, Plain(Recipient), Final }.OfType<string>().Where(address => address.Length > 0).Distinct(StringComparer.Ordinal);

    private static string Plain(string address) => address.Contains('+', StringComparison.Ordinal) ? Xtext().Replace(address, match => ((char)Convert.ToInt32(match.Groups["hex"].Value, 16)).ToString()) : address;

    [GeneratedRegex(@"\+(?<hex>[2-7][0-9a-fA-F])", RegexOptions.NonBacktracking)]
    private static partial Regex Xtext();
}

/// <param name="Ids">That should be its Message-ID, most certain first.</param>
/// <param name="Thread">Other ids that stand in the report.</param>
/// <param name="Subject">Null where the report doesn't return it.</param>
internal sealed record ReadOriginal(IReadOnlyList<string> Ids, IReadOnlyList<string> Thread, string? Subject, DateTime? Date);
