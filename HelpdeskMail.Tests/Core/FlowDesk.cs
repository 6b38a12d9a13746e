using System.Text;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core;

/// <summary>A helpdesk with one department, the queues Support and Sales and a mailbox each, to push raw mails through.</summary>
internal sealed class FlowDesk : IAsyncDisposable
{
    private FlowDesk(TestHelpdesk helpdesk) => Helpdesk = helpdesk;

    public TestHelpdesk Helpdesk { get; }

    public long Support { get; private set; }

    public long Sales { get; private set; }

    public long SupportMailbox { get; private set; }

    public static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, Action<IServiceCollection>? more = null)
    {
        var desk = new FlowDesk(await TestHelpdesk.StartAsync(provider, more));
        await using var db = desk.Db();
        var department = new Department { Name = "Helpdesk" };
        var support = new Queue { Name = "Support", Color = "#1e88e5", Department = department };
        var sales = new Queue { Name = "Sales", Color = "#43a047", Department = department };
        db.AddRange(department, support, sales);
        db.Add(new Setting { Key = Parameters.LoopThreshold.Key, Value = "100000" }); // these tests write faster than people do
        await db.SaveChangesAsync();
        var mailbox = Mailbox("support", support.Id);
        db.AddRange(mailbox, Mailbox("sales", sales.Id));
        await db.SaveChangesAsync();
        (desk.Support, desk.Sales, desk.SupportMailbox) = (support.Id, sales.Id, mailbox.Id);
        return desk;
    }

    public HelpdeskDb Db() => Helpdesk.Db();

    public T Get<T>()
        where T : notnull => Helpdesk.Get<T>();

    /// <summary>Stores and decides each mail in turn; the stored mail with its decision, of the last.</summary>
    public async Task<StoredMail> TakeAsync(string raw, string mailbox = "support")
    {
        var id = await StoreAsync(raw, mailbox);
        await Get<MailProcessor>().ProcessWaitingAsync();
        await using var db = Db();
        return await db.StoredMails.AsNoTracking().SingleAsync(mail => mail.Id == id);
    }

    public async Task<long> StoreAsync(string raw, string mailbox = "support")
    {
        var stored = await Get<MailIntake>().StoreAsync(Bytes(raw), MailSourceKind.Inbound, mailbox, notices: false);
        Assert.True(stored.Ok, string.Join(' ', stored.Errors.SelectMany(pair => pair.Value)));
        return stored.Value;
    }

    public async Task<Ticket> TicketAsync(long? id)
    {
        await using var db = Db();
        return await db.Tickets.AsNoTracking().Include(ticket => ticket.Customer).SingleAsync(ticket => ticket.Id == id);
    }

    public async Task ChangeTicketAsync(long? id, Action<Ticket> change)
    {
        await using var db = Db();
        change(await db.Tickets.SingleAsync(ticket => ticket.Id == id));
        await db.SaveChangesAsync();
    }

    /// <summary>Changes the set-up and saves it.</summary>
    public async Task SetUpAsync(Func<HelpdeskDb, Task> change)
    {
        await using var db = Db();
        await change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>A mail as it comes over the wire: CRLF.</summary>
    public static byte[] Bytes(string raw) => Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n"));

    public ValueTask DisposeAsync() => Helpdesk.DisposeAsync();

    private static Mailbox Mailbox(string name, long queue) => new()
    {
        Name = name,
        Address = $"{name}@helpdesk.test",
        Host = "localhost",
        Port = 1993,
        Encryption = Encryption.Tls,
        UserName = $"{name}@helpdesk.test",
        QueueId = queue,
        FirstFetch = "all",
    };
}
