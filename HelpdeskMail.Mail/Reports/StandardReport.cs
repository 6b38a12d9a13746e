using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>multipart/report with message/delivery-status, RFC 3464.</summary>
internal static class StandardReport
{
    internal static DeliveryReport? Read(MimeMessage message)
    {
        var recipients = new List<RecipientStatus>();
        string? mta = null;
        foreach (var part in message.Parts)
        {
            if (part.ContentType is not ("message/delivery-status" or "message/global-delivery-status")) continue;
            foreach (var block in Blocks(part.Decode()))
            {
                mta ??= TypedValue(block["Reporting-MTA"]);
                if (Recipient(block) is { } r) recipients.Add(r);
            }
        }
        return recipients.Count == 0 ? null : new DeliveryReport(recipients, OriginalMessage.IdOf(message), mta, true);
    }

    /// <summary>The fields of RFC 3464 in the midst of text: a report whose structure was lost on the way.</summary>
    internal static DeliveryReport? FromText(string text, MimeMessage message)
    {
        var recipients = new List<RecipientStatus>();
        foreach (var block in Blocks(System.Text.Encoding.UTF8.GetBytes(text)))
            if (Recipient(block) is { } r) recipients.Add(r);
        return recipients.Count == 0 ? null : new DeliveryReport(recipients, OriginalMessage.IdOf(message), null, true);
    }

    internal static IEnumerable<HeaderList> Blocks(ReadOnlyMemory<byte> content)
    {
        var at = 0;
        while (at < content.Length)
        {
            var block = HeaderBlock.Read(content, ref at, MimeLimits.Default, [], null);
            if (block.Count > 0) yield return block;
            else if (at < content.Length) at = Octets.NextLine(content.Span, at);
        }
    }

    internal static string? TypedValue(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? value : value[(semicolon + 1)..]).Trim();
    }

    private static RecipientStatus? Recipient(HeaderList block)
    {
        var final = TypedValue(block["Final-Recipient"])?.Trim('<', '>');
        var original = TypedValue(block["Original-Recipient"])?.Trim('<', '>');
        if (final is not null && !final.Contains('@', StringComparison.Ordinal) && original is not null && original.Contains('@', StringComparison.Ordinal)) final = original; // X.400 and other foreign forms
        if (final is null && original is null) return null;
        var action = block["Action"]?.Trim().ToLowerInvariant().Split(' ', ';', '(')[0];
        var diagnostic = TypedValue(block["Diagnostic-Code"]);
        var status = StatusCode.OfField(block["Status"]) ?? StatusCode.Find(diagnostic);
        if (action is "deliverable") action = "delivered"; // an answer to a probe
        action = action is null or "" ? (status?[0] == '4' ? "delayed" : status?[0] == '2' ? "delivered" : "failed") : action;
        return new RecipientStatus((final ?? original)!, original, action, status, diagnostic, TypedValue(block["Remote-MTA"]));
    }
}
