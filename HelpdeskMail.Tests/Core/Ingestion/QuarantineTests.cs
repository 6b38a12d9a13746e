using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class QuarantineTests
{
    [Fact]
    public async Task OneMailThatCantBeWritten_IsSetAsideAndTheOthersOfItsBatchAreNot()
    {
        await using var desk = await FlowDesk.StartAsync();
        await using (var db = desk.Db())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER poison BEFORE INSERT ON TicketMessages WHEN NEW.Subject = 'poison' BEGIN SELECT RAISE(ABORT, 'indigestible'); END");
        }
        for (var i = 1; i <= 5; i++) await desk.StoreAsync($"From: a@b.example\nSubject: {(i == 3 ? "poison" : i)}\n\n{i}");

        var result = await desk.Get<MailProcessor>().ProcessWaitingAsync();

        Assert.Equal(new ProcessingResult(4, 1), result);
        await using var after = desk.Db();
        Assert.Equal(["100001", "100002", "100003", "100004"], await after.Tickets.OrderBy(ticket => ticket.Id).Select(ticket => ticket.Number).ToListAsync());
        var aside = await after.StoredMails.SingleAsync(mail => mail.State == StoredMailState.Quarantined);
        Assert.Equal((DecisionKind.Quarantine, DecisionReason.ProcessingFailed, 1), (aside.Decision!.Value, aside.Reason!.Value, aside.Attempts));
        Assert.Contains("indigestible", aside.Error, StringComparison.Ordinal);
        Assert.Equal(CommunicationStatus.Failed, (await after.Communications.SingleAsync(row => row.StoredMailId == aside.Id)).Status);
        Assert.Equal(new ProcessingResult(0, 0), await desk.Get<MailProcessor>().ProcessWaitingAsync());
    }

    [Fact]
    public async Task NewMailThatCantBeWritten_IsStoredAllTheSameAndTheOthersOfItsBatchOnce()
    {
        await using var desk = await FlowDesk.StartAsync();
        await using (var db = desk.Db())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER poison BEFORE INSERT ON TicketMessages WHEN NEW.Subject = 'poison' BEGIN SELECT RAISE(ABORT, 'indigestible'); END");
        }
        byte[][] mails = [.. Enumerable.Range(1, 3).Select(i => FlowDesk.Bytes($"From: a@b.example\nSubject: {(i == 2 ? "poison" : i)}\n\n{i}"))];

        var result = (await desk.Get<MailIntake>().ImportAsync(mails.ToAsyncEnumerable(), "support", notices: false)).Value!;

        Assert.Equal((3, 2, 1), (result.Stored, result.Decided, result.Quarantined));
        await using var after = desk.Db();
        Assert.Equal(3, await after.RawMails.CountAsync());
        Assert.Equal(mails[1], (await after.StoredMails.Include(mail => mail.Raw).SingleAsync(mail => mail.State == StoredMailState.Quarantined)).Raw!.Bytes);
        Assert.Equal(["1", "3"], await after.TicketMessages.OrderBy(message => message.Id).Select(message => message.Subject).ToListAsync());
    }

    [Fact]
    public async Task DatabaseThatIsLocked_SetsNothingAside()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.StoreAsync("From: a@b.example\nSubject: x\n\ny");
        var file = new SqliteConnectionStringBuilder(desk.Helpdesk.Database.ConnectionString).DataSource;
        await using var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();
        var processing = Task.Run(() => desk.Get<MailProcessor>().ProcessWaitingAsync());
        var first = await Task.WhenAny(processing, Task.Delay(TimeSpan.FromMilliseconds(500)));

        Assert.NotSame(processing, first); // it waits for its turn
        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        Assert.Equal(new ProcessingResult(1, 0), await processing.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task OversizedMail_IsSetAsideWithItsReason()
    {
        await using var desk = await FlowDesk.StartAsync(more: services => services.AddSingleton(new MailOptions { MaxMessageBytes = 100 }));

        Assert.Contains("body", (await desk.Get<MailIntake>().StoreAsync(new byte[101], MailSourceKind.Inbound, "support", notices: false)).Errors.Keys);
        var explained = (await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes("From: a@b.example\n\n" + new string('x', 200)), "support")).Value!;
        Assert.Equal((DecisionKind.Quarantine, DecisionReason.TooLarge), (explained.Kind, explained.Reason));
    }

    [Fact]
    public async Task Import_TakesEverythingOnceAndASecondTimeNothing()
    {
        await using var desk = await FlowDesk.StartAsync();
        async IAsyncEnumerable<byte[]> Mails()
        {
            for (var i = 0; i < 600; i++)
            {
                await Task.Yield();
                yield return i == 7 ? [] : FlowDesk.Bytes($"From: a@b.example\nMessage-ID: <{i}@b>\nSubject: {i}\nIn-Reply-To: <{i - (i % 10)}@b>\n\n{i}");
            }
        }

        var first = (await desk.Get<MailIntake>().ImportAsync(Mails(), "support", notices: false)).Value!;
        var second = (await desk.Get<MailIntake>().ImportAsync(Mails(), "support", notices: false)).Value!;

        Assert.Equal((600, 599, 599, 0, 1), (first.Read, first.Stored, first.Decided, first.Quarantined, first.Skipped));
        Assert.Equal((599, 0), (second.Decided, second.Quarantined));
        await using var db = desk.Db();
        Assert.Equal(60, await db.Tickets.CountAsync());
        Assert.Equal(599, await db.TicketMessages.CountAsync());
    }
}
