using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.Core.Notices;

/// <summary>What a template's placeholders stand for in one notice.</summary>
internal sealed class NoticeValues(IReadOnlyDictionary<string, string> values)
{
    public static NoticeValues Of(Notice notice, ReplySender sender, string queue, string department, long limit) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["customer"] = notice.Mail.From.Name is { Length: > 0 } name ? name : notice.Mail.From.Address,
        ["address"] = notice.Mail.From.Address,
        ["subject"] = notice.Mail.Subject,
        ["ticket"] = notice.Ticket?.Number ?? "",
        ["queue"] = queue,
        ["department"] = department,
        ["sender"] = sender.DisplayName.Length > 0 ? sender.DisplayName : sender.Address,
        ["text"] = notice.Text ?? "",
        ["size"] = ByteSize.Of(notice.Mail.Size),
        ["limit"] = ByteSize.Of(limit),
    });

    /// <summary>A made-up mail, for the preview.</summary>
    public static NoticeValues Sample { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["customer"] = "Ann Example",
        ["address"] = "ann@example.org",
        ["subject"] = "The printer prints stripes",
        ["ticket"] = "100042",
        ["queue"] = "Support",
        ["department"] = "Support",
        ["sender"] = "Support",
        ["text"] = "Please write to sales@example.org instead.",
        ["size"] = "41 MB",
        ["limit"] = "32 MB",
    });

    public string Fill(string template) => NoticePlaceholders.Fill(template, values);
}
