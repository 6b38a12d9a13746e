using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Replay;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Tests.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

/// <summary>For any mail: exactly one decision is taken, it is the one that "explain" told before, and telling it wrote nothing.</summary>
public sealed class OneDecisionTests
{
    [Fact]
    public async Task AnyMailOfOurs_IsDecidedOnce_AsExplainSaid()
    {
        var (desk, mails) = await ManyRulesDesk.StartAsync();
        await using var _ = desk;
        byte[] first = FlowDesk.Bytes("From: new@held.example\nTo: holding@helpdesk.test\nSubject: hello\nMessage-ID: <held@held.example>\n\nwait");
        var kinds = await DecideAsync(desk, mails.SelectMany((mail, index) => Enumerable.Range(0, 3).Select(i => (mail, Mailbox(index + (i * 2))))).Prepend((first, "holding")));
        Assert.Equal(Enum.GetValues<DecisionKind>(), kinds.Order()); // every kind has been seen
    }

    [Fact]
    public async Task AnyMutation_IsDecidedOnce_AsExplainSaid()
    {
        var (desk, mails) = await ManyRulesDesk.StartAsync();
        await using var _ = desk;
        var mutator = new MailMutator(20261122, mails, maxOctets: 20_000);
        await DecideAsync(desk, Enumerable.Range(0, 150).Select(i => (mutator.Next(), Mailbox(i))));
    }

    [CorpusFact]
    public async Task AnyMailOfTheCorpus_AndItsMutations_AreDecidedOnce_AsExplainSaid()
    {
        var (desk, _) = await ManyRulesDesk.StartAsync();
        await using var __ = desk;
        var files = File.ReadLines(MailCorpus.PathOf("index.tsv")).Skip(1).Select(line => line.Split('\t')).Where(fields => !fields[5].StartsWith("transcripts", StringComparison.Ordinal) && fields[5] is not ("expected" or "header-vectors" or "tnef" or "xss-html")).Select(fields => fields[0]).Order(StringComparer.Ordinal);
        var mails = files.Where((_, index) => index % 6 == 0).Select(MailCorpus.Read).Where(mail => mail.Length is > 0 and < 200_000).ToList();
        Assert.True(mails.Count > 100);
        var mutator = new MailMutator(20261122, mails, maxOctets: 100_000);
        await DecideAsync(desk, mails.Concat(Enumerable.Range(0, 50).Select(_ => mutator.Next())).Select((mail, index) => (mail, Mailbox(index))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExplainTrialAndReplay_WorkWhereNothingCanBeWritten(DatabaseProvider provider)
    {
        var (desk, mails) = await ManyRulesDesk.StartAsync(provider);
        await using var _ = desk;
        await DecideAsync(desk, mails.Select((mail, index) => (mail, Mailbox(index))));
        await using var reading = desk.Helpdesk.ReadOnlyNode();
        var processor = reading.GetRequiredService<MailProcessor>();

        foreach (var mail in mails)
        {
            foreach (var mailbox in ManyRulesDesk.Mailboxes) Same(Explained(await desk.Get<MailProcessor>().ExplainAsync(mail, mailbox)), Explained(await processor.ExplainAsync(mail, mailbox)), mail);
        }
        await using var db = desk.Db();
        foreach (var stored in await db.StoredMails.AsNoTracking().Select(mail => mail.Id).ToListAsync())
            Same(Explained(await desk.Get<MailProcessor>().ExplainStoredAsync(stored, "support")), Explained(await processor.ExplainStoredAsync(stored, "support")), []);
        var trial = await reading.GetRequiredService<FilterTrial>().RunAsync(new FilterDraft { Conditions = [new("From", FilterOperator.Contains, false, "@")], Actions = [new("queue", "Sales")] });
        Assert.True(trial.Value!.Matched > 10);
        await desk.SetUpAsync(async set => (await set.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).QueueId = desk.Sales);
        Assert.NotEmpty((await reading.GetRequiredService<Replayer>().PreviewAsync(new ReplayScope())).Differences);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => reading.GetRequiredService<MailIntake>().StoreAsync(mails[0], MailSourceKind.Inbound, null, notices: false));
        Assert.Matches("read-?only", fault.ToString()); // so all of the above could not have written
    }

    /// <summary>Explains each mail, lets it in, and compares.</summary>
    private static async Task<HashSet<DecisionKind>> DecideAsync(FlowDesk desk, IEnumerable<(byte[] Mail, string? Mailbox)> mails)
    {
        var kinds = new HashSet<DecisionKind>();
        foreach (var (mail, mailbox) in mails.Where(item => item.Mail.Length > 0))
        {
            var told = await SentAsync(desk);
            var explained = (await desk.Get<MailProcessor>().ExplainAsync(mail, mailbox)).Value!;
            Assert.Equal(told, await SentAsync(desk));

            var id = (await desk.Get<MailIntake>().StoreAsync(mail, MailSourceKind.Inbound, mailbox, notices: true)).Value;
            var result = await desk.Get<MailProcessor>().ProcessWaitingAsync();

            Assert.Equal(1, result.Decided + result.Quarantined);
            await using var db = desk.Db();
            var stored = await db.StoredMails.AsNoTracking().SingleAsync(row => row.Id == id);
            Assert.True(stored.Reason != DecisionReason.ProcessingFailed, $"{stored.Sentence}\n{Convert.ToBase64String(mail)}");
            var queue = await db.Tickets.Where(ticket => ticket.Id == stored.TicketId).Select(ticket => ticket.Queue!.Name).FirstOrDefaultAsync();
            var held = await db.Queues.Where(row => row.Id == stored.QueueId).Select(row => row.Name).FirstOrDefaultAsync();
            Same(Words(explained), Words(new Explanation(stored.Decision!.Value, stored.Reason!.Value, stored.Sentence!, explained.Queue is null ? null : held ?? queue, null, [], TraceJson.Read(stored.Trace))), mail);
            if (explained.TicketId is { } ticket) Assert.Equal(ticket, stored.TicketId);
            Assert.Equal(told + explained.Notices.Count, await SentAsync(desk));
            await OnceAsync(db, stored);
            kinds.Add(explained.Kind);
        }
        return kinds;
    }

    /// <summary>What a decision leaves behind is there once, and nothing of any other.</summary>
    private static async Task OnceAsync(HelpdeskDb db, StoredMail mail)
    {
        var kind = mail.Decision!.Value;
        var messages = await db.TicketMessages.CountAsync(message => message.StoredMailId == mail.Id);
        Assert.InRange(messages, kind is DecisionKind.CreateTicket or DecisionKind.AppendToTicket ? 1 : 0, kind == DecisionKind.CreateTicket ? 2 : kind == DecisionKind.AppendToTicket ? 1 : 0);
        Assert.Equal(kind == DecisionKind.HoldAsContactRequest ? 1 : 0, await db.ContactRequestMails.CountAsync(row => row.StoredMailId == mail.Id));
        Assert.Equal(kind == DecisionKind.Quarantine ? 1 : 0, await db.Quarantine.CountAsync(item => item.StoredMailId == mail.Id && item.Open));
        Assert.Equal(kind == DecisionKind.Quarantine ? StoredMailState.Quarantined : StoredMailState.Decided, mail.State);
        var news = await db.DeliveryNews.CountAsync(row => row.StoredMailId == mail.Id);
        Assert.True(kind is DecisionKind.RecordBounce or DecisionKind.RecordReport ? news > 0 : news == 0, $"{kind}, and {news} news");
    }

    private static string? Mailbox(int number) => ManyRulesDesk.Mailboxes[number % ManyRulesDesk.Mailboxes.Count];

    /// <summary>Notices that are in the outbox.</summary>
    private static async Task<int> SentAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.OutboxMails.CountAsync(mail => mail.Purpose == OutboxPurpose.Notice || mail.Purpose == OutboxPurpose.Agent);
    }

    private static string Explained(HelpdeskMail.Core.Outcome<Explanation> explained) => Words(explained.Value!) + $"\nTicket {explained.Value!.TicketId}\n{string.Join('\n', explained.Value!.Notices)}";

    private static string Words(Explanation explained) => $"{explained.Kind} {explained.Reason} {explained.Queue}\n{explained.Sentence}\n{string.Join('\n', explained.Steps.Select(step => $"{step.Name}: {step.Verdict}: {step.Detail}"))}";

    private static void Same(string expected, string actual, byte[] mail) => Assert.True(expected == actual, $"{expected}\n\nbut was\n\n{actual}\n\n{Convert.ToBase64String(mail.AsSpan(0, Math.Min(mail.Length, 20_000)))}");
}
