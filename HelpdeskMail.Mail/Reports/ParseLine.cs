using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>One message as one line of JSON: what the <c>parse</c> command prints.</summary>
public static class ParseLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line with its line feed.</summary>
    public static void Write(Stream output, MimeMessage message, string file, int index)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, Options)) Write(json, message, file, index);
        output.WriteByte((byte)'\n');
    }

    public static void Write(Utf8JsonWriter json, MimeMessage message, string file, int index)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(message);
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("index", index);
        json.WriteString("message_id", message.MessageId?.Value);
        json.WriteString("subject", message.Subject);
        Addresses(json, "from", message.From);
        Addresses(json, "reply_to", message.ReplyTo);
        Addresses(json, "to", message.To);
        Addresses(json, "cc", message.Cc);
        json.WriteString("date", message.Date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("in_reply_to", message.InReplyTo is [var parent, ..] ? parent.Value : null);
        json.WriteStartArray("references");
        foreach (var id in message.References) json.WriteStringValue(id.Value);
        json.WriteEndArray();
        json.WriteString("text", message.Text);
        json.WriteString("html", message.Html);
        json.WriteStartArray("parts");
        foreach (var part in message.Parts) Part(json, part);
        json.WriteEndArray();
        json.WriteString("auto", NameOf(AutomaticMail.Classify(message)));
        Dsn(json, DeliveryReports.Read(message));
        Meetings(json, message);
        json.WriteString("reply", ReplyOf(message));
        json.WriteStartArray("warnings");
        foreach (var warning in message.Warnings) json.WriteStringValue(JsonNamingPolicy.KebabCaseLower.ConvertName(warning.Kind.ToString()) + ": " + warning.Detail);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? ReplyOf(MimeMessage message)
    {
        if (message.Text is { } text) return ReplyText.Split(text).Visible;
        return message.Html is { } html ? ReplyText.Split(HtmlText.From(html)).Visible : null;
    }

    private static void Addresses(Utf8JsonWriter json, string name, IReadOnlyList<MailAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses)
        {
            json.WriteStartObject();
            json.WriteString("name", address.DisplayName ?? "");
            json.WriteString("address", address.Address);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Part(Utf8JsonWriter json, MimePart part)
    {
        var content = EmbeddedForm.Applies(part) ? EmbeddedForm.Of(part.Decode()) : part.Decode();
        json.WriteStartObject();
        json.WriteString("path", part.Path);
        json.WriteString("type", part.ContentType);
        json.WriteString("disposition", part.Disposition);
        json.WriteString("name", part.FileName);
        json.WriteString("cid", part.ContentId);
        json.WriteNumber("size", content.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
        json.WriteString("charset", part.Charset);
        json.WriteEndObject();
    }

    // Times as they are meant: an instant in UTC, a day, or what the sender's clock shows.
    private static void Meetings(Utf8JsonWriter json, MimeMessage message)
    {
        json.WriteStartArray("calendar");
        foreach (var calendar in CalendarParts.Read(message))
            foreach (var meeting in calendar.Events)
            {
                json.WriteStartObject();
                json.WriteString("path", calendar.Part.Path);
                json.WriteString("method", calendar.Method);
                json.WriteString("uid", meeting.Uid);
                json.WriteString("summary", meeting.Summary);
                json.WriteString("location", meeting.Location);
                json.WriteString("start", TimeOf(meeting.Start));
                json.WriteString("end", TimeOf(meeting.End));
                json.WriteString("organizer", meeting.Organizer);
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }

    private static string? TimeOf(CalendarTime? time) =>
        time is null ? null
        : time.Instant is { } instant ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : time.Value.ToString(time.IsDate ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Dsn(Utf8JsonWriter json, DeliveryReport? report)
    {
        json.WriteStartArray("dsn");
        foreach (var r in report?.Recipients ?? [])
        {
            json.WriteStartObject();
            json.WriteString("final_recipient", r.FinalRecipient);
            json.WriteString("original_recipient", r.OriginalRecipient);
            json.WriteString("action", r.Action);
            json.WriteString("status", r.Status);
            json.WriteString("diagnostic", r.Diagnostic);
            json.WriteString("original_message_id", report!.OriginalMessageId?.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? NameOf(AutomaticKind kind) => kind switch
    {
        AutomaticKind.None => null,
        AutomaticKind.AutoReply => "auto-reply",
        AutomaticKind.AutoGenerated => "auto-generated",
        AutomaticKind.List => "list",
        AutomaticKind.Bounce => "bounce",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
