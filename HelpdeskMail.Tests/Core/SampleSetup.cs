using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using Xunit;

namespace HelpdeskMail.Tests.Core;

/// <summary>Rooms and furniture for tests: each call makes one thing through its editor.</summary>
internal static class SampleSetup
{
    public static async Task<long> DepartmentAsync(this TestHelpdesk helpdesk, string name = "Support", long? account = null) =>
        Saved(await helpdesk.Get<DepartmentEditor>().SaveDepartmentAsync(new() { Name = name, OutboundAccountId = account }));

    public static async Task<long> QueueAsync(this TestHelpdesk helpdesk, long department, string name = "Support") =>
        Saved(await helpdesk.Get<DepartmentEditor>().SaveQueueAsync(new() { Name = name, DepartmentId = department }));

    public static async Task<long> AccountAsync(this TestHelpdesk helpdesk, string name = "support-smtp", bool global = false) =>
        Saved(await helpdesk.Get<OutboundAccountEditor>().SaveAsync(new() { Name = name, Address = "support@helpdesk.test", Host = "smtp.helpdesk.test", Password = "secret", IsGlobal = global }));

    public static async Task<long> MailboxAsync(this TestHelpdesk helpdesk, long queue, string name = "support", long? replyVia = null) =>
        Saved(await helpdesk.Get<MailboxEditor>().SaveAsync(Mailbox(queue, name, replyVia)));

    public static MailboxDraft Mailbox(long queue, string name = "support", long? replyVia = null) =>
        new() { Name = name, Address = "support@helpdesk.test", Host = "imap.helpdesk.test", Password = "open sesame", QueueId = queue, ReplyViaId = replyVia };

    public static T Saved<T>(Outcome<T> outcome)
    {
        Assert.Empty(outcome.Errors);
        return outcome.Value!;
    }
}
