using System.Text;
using System.Text.RegularExpressions;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Gathers what names the mail that a report is about.</summary>
public static partial class ReportedMails
{
    private const int MaxText = 256 * 1024;
    private const int MaxIds = 64;

    /// <param name="message">A report, receipt or complaint; of any other mail the answer means nothing.</param>
    public static ReportedMail Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var returned = OriginalMessage.HeadersOf(message);
        var prose = returned is null ? ProseReport.TextOf(message) : "";
        returned ??= OriginalMessage.HeadersInText(prose);
        var (ids, thread) = (new List<MessageId>(), new List<MessageId>());
        Add(ids, returned?["Message-ID"]);
        foreach (var fields in Fields(message))
        {
            Add(ids, fields["Original-Message-ID"]);
            if (Xtext(fields["Original-Envelope-Id"]) is { } envelope) Add(ids, envelope);
        }
        Add(ids, message.Headers["X-Original-Message-ID"]);
        Add(ids, message.Headers["Original-Message-ID"]);
        foreach (var id in message.InReplyTo.Take(MaxIds)) Add(ids, id);
        if (OriginalMessage.IdInText(prose.Length > 0 ? prose : message.Text) is { } written) Add(ids, written);

        if (returned is not null) foreach (var name in new[] { "In-Reply-To", "References" }) foreach (var id in MessageId.ParseList(returned[name] ?? "")) Add(thread, id);
        foreach (var id in message.References) Add(thread, id);
        foreach (Match match in AnyId().Matches(TextOf(message))) Add(thread, match.Value);
        thread.RemoveAll(ids.Contains);
        return new ReportedMail(ids, thread, returned?["Subject"] is { Length: > 0 } subject ? subject : null, DateParser.Parse(returned?["Date"]));
    }

    private static IEnumerable<HeaderList> Fields(MimeMessage message) =>
        from part in message.Parts
        where part.ContentType is "message/delivery-status" or "message/global-delivery-status" or "message/disposition-notification" or "message/global-disposition-notification" or "message/feedback-report"
        from block in StandardReport.Blocks(part.Decode())
        select block;

    /// <summary>Everything of it that can be read as text, returned mail's header included, up to a bound.</summary>
    private static string TextOf(MimeMessage message)
    {
        var all = new StringBuilder();
        foreach (var part in message.Parts)
        {
            if (all.Length >= MaxText) break;
            if (part.EmbeddedMessage is { } embedded) foreach (var header in embedded.Headers) all.Append(header.Name).Append(": ").Append(header.Value).Append('\n');
            else if (part.ContentType is "text/plain" or "text/rfc822-headers" or "text/rfc822" || part.ContentType.StartsWith("message/", StringComparison.Ordinal)) all.Append(part.DecodeText()).Append('\n');
        }
        return all.Length > MaxText ? all.ToString(0, MaxText) : all.ToString();
    }

    private static void Add(List<MessageId> ids, string? text)
    {
        if (MessageId.TryParse(text, out var id)) Add(ids, id);
    }

    private static void Add(List<MessageId> ids, MessageId id)
    {
        if (ids.Count < MaxIds && !ids.Contains(id)) ids.Add(id);
    }

    /// <summary>"+3E" for characters that the envelope can't carry (RFC 3461 §4). Only an id can be a Message-ID: what has no "@" is some other program's.</summary>
    private static string? Xtext(string? value)
    {
        if (value is null || !value.Contains('@', StringComparison.Ordinal)) return null;
        var plain = Hex().Replace(value.Trim(), match => ((char)Convert.ToInt32(match.Groups["hex"].Value, 16)).ToString());
        return plain.StartsWith('<') ? plain : $"<{plain}>";
    }

    [GeneratedRegex(@"<[^<>\s@""]{1,250}@[^<>\s@""]{1,250}>", RegexOptions.NonBacktracking)]
    private static partial Regex AnyId();

    [GeneratedRegex(@"\+(?<hex>[0-9A-F]{2})", RegexOptions.NonBacktracking)]
    private static partial Regex Hex();
}
