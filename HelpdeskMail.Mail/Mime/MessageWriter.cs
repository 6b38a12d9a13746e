using System.Security.Cryptography;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Lays out an <see cref="OutgoingMessage"/>: mixed(alternative(text, related(html, inline files)), files), as far as each is needed.</summary>
internal sealed class MessageWriter(OutgoingMessage message)
{
    private readonly StringBuilder _out = new();
    private int _boundaries;

    internal byte[] Write()
    {
        var head = new HeaderWriter(_out);
        head.Date("Date", message.Date);
        head.Addresses("From", message.From);
        if (message.Sender is { } sender) head.Addresses("Sender", [sender]);
        head.Addresses("Reply-To", message.ReplyTo);
        head.Addresses("To", message.To);
        head.Addresses("Cc", message.Cc);
        head.Id("Message-ID", message.MessageId);
        head.Ids("In-Reply-To", message.InReplyTo);
        head.Ids("References", message.References);
        head.Text("Subject", message.Subject);
        foreach (var extra in message.ExtraHeaders) head.Text(extra.Key, extra.Value);
        head.Raw("MIME-Version", "1.0");
        var files = message.Attachments.Where(a => !IsRelated(a)).ToList();
        if (files.Count == 0) Body();
        else
        {
            Multipart("mixed", [Body, .. files.Select(f => (Action)(() => File(f)))]);
        }
        return Encoding.UTF8.GetBytes(_out.ToString());
    }

    private bool IsRelated(OutgoingAttachment a) => message.Html is not null && a is { Inline: true, ContentId.Length: > 0 };

    private void Body()
    {
        if (message.Html is null) Text("plain", message.Text ?? "");
        else if (message.Text is null) Html();
        else Multipart("alternative", [() => Text("plain", message.Text), Html]);
    }

    private void Html()
    {
        var inline = message.Attachments.Where(IsRelated).ToList();
        if (inline.Count == 0) Text("html", message.Html!);
        else Multipart("related", [() => Text("html", message.Html!), .. inline.Select(f => (Action)(() => File(f)))], "; type=\"text/html\"");
    }

    private void Multipart(string subtype, IReadOnlyList<Action> parts, string parameters = "")
    {
        var boundary = NextBoundary();
        _out.Append("Content-Type: multipart/").Append(subtype).Append(parameters).Append(";\r\n\tboundary=\"").Append(boundary).Append("\"\r\n\r\n");
        foreach (var part in parts)
        {
            _out.Append("--").Append(boundary).Append("\r\n");
            part();
            _out.Append("\r\n");
        }
        _out.Append("--").Append(boundary).Append("--\r\n");
    }

    // "=_" can stand neither in quoted-printable nor in base64 (RFC 2045 §6.7), and the rest is the message's own.
    private string NextBoundary()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId.Value + "/" + _boundaries++ + "/" + message.Text));
        return "=_" + Convert.ToHexStringLower(hash.AsSpan(0, 12));
    }

    private void Text(string subtype, string text)
    {
        text = BodyEncoder.Canonical(text);
        var plain = BodyEncoder.IsPlain(text);
        var flowed = plain || subtype != "plain" ? null : FormatFlowed.Fold(text.Replace("\r\n", "\n", StringComparison.Ordinal), HeaderWriter.Width);
        if (flowed is not null)
        {
            var lines = flowed.Replace("\n", "\r\n", StringComparison.Ordinal);
            plain = BodyEncoder.IsPlain(lines, blanksAtEnd: true);
            if (plain || lines.Length > text.Length) text = lines;
            else flowed = null; // short lines, and to be encoded all the same
        }
        new HeaderWriter(_out).Raw("Content-Type", "text/" + subtype + (plain ? "; charset=us-ascii" : "; charset=utf-8") + (flowed is null ? "" : "; format=flowed; delsp=no"));
        if (plain)
        {
            _out.Append("Content-Transfer-Encoding: 7bit\r\n\r\n").Append(text);
            return;
        }
        if (BodyEncoder.PrefersBase64(text))
        {
            _out.Append("Content-Transfer-Encoding: base64\r\n\r\n");
            BodyEncoder.AppendBase64(_out, Encoding.UTF8.GetBytes(text));
            return;
        }
        _out.Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        BodyEncoder.AppendQuotedPrintable(_out, Encoding.UTF8.GetBytes(text));
    }

    private void File(OutgoingAttachment file)
    {
        var head = new HeaderWriter(_out);
        var name = string.IsNullOrWhiteSpace(file.Name) ? null : file.Name;
        var type = SafeType(file.ContentType);
        var content = file.Content.Span;
        // RFC 2046 §5.2.1: an embedded message may not be encoded; one that would have to be goes as an opaque file.
        var asMessage = type == "message/rfc822" && BodyEncoder.IsPlain(content);
        if (type.StartsWith("message/", StringComparison.Ordinal) && !asMessage) type = "application/octet-stream";
        head.Parameter("Content-Type", type, "name", name);
        // An inline text beside the body would be read as body.
        var inline = file.Inline && (IsRelated(file) || !type.StartsWith("text/", StringComparison.Ordinal));
        head.Parameter("Content-Disposition", inline ? "inline" : "attachment", "filename", name);
        if (file.ContentId is { } cid && MessageId.TryParse(cid, out var id)) head.Id("Content-ID", id);
        if (asMessage)
        {
            _out.Append("Content-Transfer-Encoding: 7bit\r\n\r\n").Append(Encoding.ASCII.GetString(content));
            return;
        }
        _out.Append("Content-Transfer-Encoding: base64\r\n\r\n");
        BodyEncoder.AppendBase64(_out, content);
    }

    private static string SafeType(string type)
    {
        type = type.Trim().ToLowerInvariant();
        if (!MimePart.IsMediaType(type) || type.Length > 100 || type.StartsWith("multipart/", StringComparison.Ordinal)) return "application/octet-stream";
        foreach (var c in type)
            if (!char.IsAsciiLetterOrDigit(c) && !"/.+-_!#$&^".Contains(c, StringComparison.Ordinal)) return "application/octet-stream";
        return type;
    }
}
