using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Encryption = HelpdeskMail.Core.Mailboxes.Encryption;

namespace HelpdeskMail.Tests.Core.Agents;

/// <summary>A helpdesk that can send, with the agents Kim and Lee, and a customer's ticket that Kim owns.</summary>
internal sealed class AgentDesk : IAsyncDisposable
{
    public const string Kim = "kim@private.example";
    public const string Lee = "lee@private.example";

    private const string First = """
        From: Ann <ann@b.example>
        To: support@helpdesk.test
        Cc: boss@b.example
        Subject: Printer
        Message-ID: <first@b>

        It prints stripes.
        """;

    private AgentDesk(FlowDesk flow) => Flow = flow;

    public FlowDesk Flow { get; }

    public string KimId { get; private set; } = "";

    public string LeeId { get; private set; } = "";

    public static async Task<AgentDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = new AgentDesk(await FlowDesk.StartAsync(provider));
        await desk.Flow.SetUpAsync(async db =>
        {
            var account = new OutboundAccount { Name = "smtp", Address = "support@helpdesk.test", DisplayName = "Support", Host = "localhost", Port = 25, Encryption = Encryption.None };
            db.Add(account);
            await db.SaveChangesAsync();
            (await db.Departments.SingleAsync()).OutboundAccountId = account.Id;
        });
        desk.KimId = await desk.UserAsync(Kim, "Kim Agent");
        desk.LeeId = await desk.UserAsync(Lee, "Lee Agent");
        return desk;
    }

    /// <summary>Somebody wants all the mails there are.</summary>
    public Task NotifyAsync(string id, bool on = true) => Flow.SetUpAsync(async db =>
    {
        var user = await db.Users.SingleAsync(row => row.Id == id);
        (user.NotifyMessages, user.NotifyNotes, user.NotifyDepartments) = (on, on, on ? await db.Departments.Select(row => row.Id).ToListAsync() : null);
    });

    /// <summary>Ann's ticket, Kim its owner and told of it: the ticket and the notification.</summary>
    public async Task<(long Ticket, MimeMessage Notice)> NotifiedAsync()
    {
        await NotifyAsync(KimId);
        var ticket = (await Flow.TakeAsync(First)).TicketId!.Value;
        await Flow.ChangeTicketAsync(ticket, row => row.OwnerId = KimId);
        return (ticket, await NoticeAsync());
    }

    /// <summary>The last mail to an agent in the outbox.</summary>
    public async Task<MimeMessage> NoticeAsync()
    {
        await using var db = Flow.Db();
        return MimeMessage.Parse(await db.OutboxMails.Where(mail => mail.Purpose == OutboxPurpose.Agent).OrderByDescending(mail => mail.Id).Select(mail => mail.Raw).FirstAsync());
    }

    /// <summary>To whom the outbox holds what, oldest first.</summary>
    public async Task<IReadOnlyList<(OutboxPurpose Purpose, string Recipients)>> OutboxAsync()
    {
        await using var db = Flow.Db();
        return [.. (await db.OutboxMails.Include(mail => mail.Recipients).OrderBy(mail => mail.Id).ToListAsync()).Select(mail => (mail.Purpose, string.Join(",", mail.Recipients.Select(recipient => recipient.Address).Order())))];
    }

    /// <summary>An agent's answer as a mail program writes it, above the quoted notification.</summary>
    public static string Answer(MimeMessage notice, string words, string from = Kim, string more = "Message-ID: <answer-1@private>", string? subject = null) => $"""
        From: Private Name <{from}>
        To: support@helpdesk.test
        Subject: {subject ?? "Re: " + notice.Subject}
        In-Reply-To: <{notice.MessageId!.Value.Value}>
        References: {string.Join(' ', notice.References.Select(id => $"<{id.Value}>"))} <{notice.MessageId!.Value.Value}>
        {more}

        {words}

        On Sunday, 22 November 2026 at 10:11, Support <support@helpdesk.test> wrote:
        {string.Join("\n", notice.Text!.TrimEnd().Split('\n').Select(line => $"> {line}"))}
        """;

    public async Task<IReadOnlyList<TicketMessage>> MessagesAsync(long? ticket)
    {
        await using var db = Flow.Db();
        return await db.TicketMessages.AsNoTracking().Include(message => message.Attachments).Where(message => message.TicketId == ticket).OrderBy(message => message.Id).ToListAsync();
    }

    public ValueTask DisposeAsync() => Flow.DisposeAsync();

    private async Task<string> UserAsync(string address, string name)
    {
        var saved = await Flow.Get<UserAdministration>().SaveAsync(new UserDraft { Email = address, DisplayName = name, Password = "Secret-12345" });
        return saved.Value!.Id;
    }
}
