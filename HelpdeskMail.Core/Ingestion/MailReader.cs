using System.Buffers.Binary;
using System.Security.Cryptography;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Reads from a raw mail what routing and the ticket need. Touches no database, so batches are read ahead on other threads.</summary>
internal static class MailReader
{
    internal const int MaxAddress = 320;
    private const int MaxAddresses = 200;
    private const int MaxName = 200;
    private const int MaxSubject = 998;
    private const int MaxId = 998;

    /// <summary>An author for mail that names none: a ticket needs a customer, and the name says what is wrong.</summary>
    private static readonly MessageAddress Nobody = new("Unknown sender", "unknown@invalid");

    /// <summary>Parsing never throws on content; should it do so by a bug, the mail goes to quarantine with the exception's words.</summary>
    public static (ReadMail? Mail, string? Fault) TryRead(ReadOnlyMemory<byte> raw)
    {
        try
        {
            return (Read(raw), null);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            return (null, $"Reading it failed: {bug.GetType().Name}: {bug.Message}");
        }
    }

    public static ReadMail Read(ReadOnlyMemory<byte> raw)
    {
        var message = MimeMessage.Parse(raw);
        var html = message.Text is null ? message.Html : null;
        var (from, automatic) = (Author(message), AutomaticMail.Classify(message));
        var reports = ReportReader.Read(message);
        return new ReadMail
        {
            MessageId = Id(message.MessageId),
            InReplyTo = Ids(message.InReplyTo),
            References = Ids(message.References),
            From = from,
            ReplyTo = Addresses(message.ReplyTo),
            To = Addresses(message.To),
            Cc = Addresses(message.Cc),
            DeliveredTo = DeliveredTo(message.Headers),
            Headers = message.Headers,
            Raw = raw,
            Subject = MailText.Line(message.Subject, MaxSubject),
            Date = Utc(message.Date),
            ReceivedAt = ReceivedAt(message.Headers),
            Language = LanguageParameter.Tidy(message.Headers["Content-Language"]) ?? LanguageParameter.Tidy(message.Headers["Accept-Language"]),
            Text = MailText.Clean(html is null ? message.Text : HtmlText.Of(html), MailText.MaxText),
            HasHtml = html is not null || message.Html is not null,
            Attachments = [.. message.Attachments.Select((part, index) => Attachment(part, index))],
            HtmlLinks = ConfirmationReader.MayBe(from.Address, automatic) && message.Html is { } body ? ConfirmationLinks.InHtml(body) : [],
            Automatic = automatic,
            Reports = reports,
            Original = reports.Count > 0 || (automatic == AutomaticKind.Bounce && DeliveryReports.IsReport(message)) ? ReportReader.Original(message) : null,
            BodyKey = BodyKeyOf(raw.Span),
        };
    }

    /// <summary>The key of the raw bytes' SHA-256.</summary>
    public static long KeyOf(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadInt64BigEndian(hash);

    private static MessageAddress Author(MimeMessage message)
    {
        var from = message.From.Select(Address).FirstOrDefault(address => address is not null);
        return from ?? Address(message.Sender) ?? message.ReplyTo.Select(Address).FirstOrDefault(address => address is not null) ?? ReturnPath(message.Headers) ?? Nobody;
    }

    private static DateTime? ReceivedAt(HeaderList headers) =>
        headers["Received"] is { } line && line.LastIndexOf(';') is >= 0 and var end ? Utc(DateParser.Parse(line[(end + 1)..])) : null;

    private static MessageAddress? ReturnPath(HeaderList headers) =>
        headers["Return-Path"] is { } path ? AddressParser.ParseList(path).Select(Address).FirstOrDefault(address => address is not null) : null;

    private static MessageAddress? Address(MailAddress? address)
    {
        if (address is null) return null;
        var key = MailText.Line(address.NormalizedAddress, MaxAddress + 1);
        if (key.Length is 0 or > MaxAddress) return null;
        var name = MailText.Line(address.DisplayName, MaxName);
        return new MessageAddress(name.Length == 0 ? null : name, key);
    }

    private static MessageAddress[] Addresses(IReadOnlyList<MailAddress> addresses) =>
        [.. addresses.Take(MaxAddresses).Select(Address).OfType<MessageAddress>()];

    private static string[] DeliveredTo(HeaderList headers)
    {
        List<string>? found = null;
        foreach (var name in (ReadOnlySpan<string>)["Delivered-To", "X-Original-To", "Envelope-To"])
        {
            if (!headers.Contains(name)) continue;
            foreach (var address in headers.All(name).Take(10).SelectMany(AddressParser.ParseList).Select(Address).OfType<MessageAddress>()) (found ??= []).Add(address.Address);
        }
        return found is null ? [] : [.. found.Distinct()];
    }

    internal static string? Id(MessageId? id) => id is { } known && MailText.Line(known.Value, MaxId + 1) is { Length: > 0 and <= MaxId } text ? text : null;

    internal static string[] Ids(IReadOnlyList<MessageId> ids) => ids.Count == 0 ? [] : [.. ids.Select(id => Id(id)).OfType<string>()];

    /// <summary>A date far from any real one (year 1, year 9999) is as good as none.</summary>
    internal static DateTime? Utc(DateTimeOffset? date) => date is { Year: > 1970 and < 2200 } real ? real.UtcDateTime : null;

    /// <summary>The files of a mail that came inside another.</summary>
    public static IReadOnlyList<ReadAttachment> Files(MimeMessage embedded, string path) =>
        [.. embedded.Attachments.Select((part, index) => Attachment(part, index) is var file ? file with { Path = EmbeddedParts.PathOf(path, file.Path) } : file)];

    private static ReadAttachment Attachment(MimePart part, int index)
    {
        var (length, hash) = part.Fingerprint();
        var name = MailText.Line(part.FileName, 500);
        return new ReadAttachment(
            part.Path,
            name.Length > 0 ? name : $"{(part.ContentType is "message/rfc822" ? "message" : "part")}-{index + 1}",
            MailText.Line(part.ContentType, 200),
            length,
            Convert.ToHexStringLower(hash),
            part.ContentId is { } cid ? MailText.Line(cid, 998) : null);
    }

    private static long BodyKeyOf(ReadOnlySpan<byte> raw)
    {
        var crlf = raw.IndexOf("\r\n\r\n"u8);
        var lf = raw.IndexOf("\n\n"u8);
        var body = crlf >= 0 && (lf < 0 || crlf < lf) ? raw[(crlf + 4)..] : lf >= 0 ? raw[(lf + 2)..] : [];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body.TrimEnd("\r\n"u8), hash);
        return KeyOf(hash);
    }
}
