using HelpdeskMail.Core.Agents;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Agents;

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

    /// <summary>For a mail to an agent.</summary>
    public static NoticeValues Of(AgentNotice notice, ReplySender sender, string queue, string department, AnswerPlan plan, string text, string files) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["agent"] = notice.Agent.Name,
        ["author"] = notice.Author,
        ["customer"] = plan.To.Name is { Length: > 0 } name ? name : plan.To.Address,
        ["address"] = plan.To.Address,
        ["subject"] = notice.Ticket.Subject,
        ["ticket"] = notice.Ticket.Number,
        ["queue"] = queue,
        ["department"] = department,
        ["sender"] = sender.DisplayName.Length > 0 ? sender.DisplayName : sender.Address,
        ["text"] = text,
        ["files"] = files.Length > 0 ? $"[{files}]" : "",
        ["recipients"] = plan.Recipients,
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
        ["agent"] = "Kim Agent",
        ["author"] = "Ann Example <ann@example.org>",
        ["files"] = "[stripes.png]",
        ["recipients"] = "ann@example.org",
    });

    public string Fill(string template) => NoticePlaceholders.Fill(template, values);
}
