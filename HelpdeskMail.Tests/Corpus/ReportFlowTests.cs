using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Tests.Core;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

/// <summary>Real delivery reports and automatic mails on the whole way.</summary>
public sealed class ReportFlowTests
{
    [CorpusFact]
    public async Task DeliveryReports_OfTheCorpus_MakeNoTickets_AndNoneIsAnswered()
    {
        var paths = File.ReadLines(MailCorpus.PathOf("index.tsv")).Skip(1).Select(line => line.Split('\t')).Where(fields => fields[5] == "dsn").Select(fields => fields[0]).Distinct().ToList();
        Assert.True(paths.Count > 200);
        await using var desk = await FlowDesk.StartAsync();
        var ids = new Dictionary<long, string>();
        foreach (var path in paths) ids[(await desk.Get<MailIntake>().StoreAsync(MailCorpus.Read(path), MailSourceKind.Inbound, "support", notices: true)).Value] = path;
        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        var decided = await db.StoredMails.AsNoTracking().Select(mail => new { mail.Id, mail.State, mail.Decision, mail.Reason }).ToListAsync();
        Assert.All(decided, mail => Assert.Equal(StoredMailState.Decided, mail.State));
        var tickets = decided.Where(mail => mail.Decision is DecisionKind.CreateTicket or DecisionKind.AppendToTicket).Select(mail => ids[mail.Id]).Order(StringComparer.Ordinal).ToList();
        Assert.True(tickets.Count <= paths.Count * 0.02, $"{tickets.Count} of {paths.Count}:\n{string.Join('\n', tickets)}");
        Assert.Equal(0, await db.OutboxMails.CountAsync());
    }

    [CorpusFact]
    public async Task AutomaticMails_OfTheCorpus_AreNeverAnswered()
    {
        var paths = File.ReadLines(MailCorpus.PathOf("index.tsv")).Skip(1).Select(line => line.Split('\t')).Where(fields => fields[5] is "auto-reply" or "arf-mdn").Select(fields => fields[0]).Distinct().ToList();
        Assert.NotEmpty(paths);
        await using var desk = await HelpdeskMail.Tests.Core.Deliveries.SentDesk.StartAsync();
        foreach (var path in paths) await desk.Get<MailIntake>().StoreAsync(MailCorpus.Read(path), MailSourceKind.Inbound, "support", notices: true);
        await desk.Get<MailProcessor>().ProcessWaitingAsync();

        await using var db = desk.Db();
        Assert.Equal(0, await db.OutboxMails.CountAsync());
    }
}
