using System.Globalization;
using System.Text;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>Mail that was sent to two of our addresses and lies in two mailboxes: one message, of the mailbox that had it first.</summary>
public sealed class TwoMailboxesTests(MailRig rig) : IClassFixture<MailRig>
{
    private const int Mails = 150;

    [RigTheory]
    [OnSqlite(0, 1)]
    [OnSqlite(1, 0)]
    [OnPostgres(0, 1)]
    [OnPostgres(1, 0)]
    public async Task OneAfterTheOther_TheFirstMakesTheTickets(DatabaseProvider provider, int first, int second)
    {
        var (desk, mailboxes) = await DeskAsync(provider);
        await using (desk)
        {
            Assert.Null((await desk.Get<Fetcher>().FetchAsync(mailboxes[first].Id))!.Error);
            Assert.Null((await desk.Get<Fetcher>().FetchAsync(mailboxes[second].Id))!.Error);

            await using var db = desk.Db();
            Assert.Equal((Mails, Mails), (await db.Tickets.CountAsync(ticket => ticket.MailboxId == mailboxes[first].Id), await db.TicketMessages.CountAsync()));
            var copies = await db.StoredMails.Where(mail => mail.MailboxId == mailboxes[second].Id).ToListAsync();
            Assert.All(copies, copy => Assert.Equal((DecisionKind.Ignore, DecisionReason.DuplicateMessageId, false), (copy.Decision!.Value, copy.Reason!.Value, copy.TicketId is null)));
            Assert.All(copies, copy => Assert.Contains($"came through mailbox {mailboxes[first].Name} before", copy.Sentence, StringComparison.Ordinal));
            Assert.Equal(Mails * 2, await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged && entry.TicketId != null));
        }
    }

    [RigTheory, OnSqlite, OnPostgres]
    public async Task BothAtOnce_EachMailBecomesOneMessage(DatabaseProvider provider)
    {
        var (desk, mailboxes) = await DeskAsync(provider);
        await using (desk)
        {
            var results = await Task.WhenAll(mailboxes.Select(mailbox => desk.Get<Fetcher>().FetchAsync(mailbox.Id)));

            Assert.All(results, result => Assert.Equal((null, Mails, 0), (result!.Error, result.Decided, result.Quarantined)));
            await using var db = desk.Db();
            Assert.Equal((Mails, Mails), (await db.Tickets.CountAsync(), await db.TicketMessages.CountAsync()));
            Assert.Equal(Mails, await db.StoredMails.CountAsync(mail => mail.Decision == DecisionKind.Ignore && mail.TicketId != null));
        }
    }

    private async Task<(FlowDesk Desk, List<Mailbox> Mailboxes)> DeskAsync(DatabaseProvider provider)
    {
        RigUser[] users = [rig.NewUser(), rig.NewUser()];
        for (var i = 0; i < Mails; i++)
        {
            foreach (var user in users) rig.Put(user, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Delivered-To: {user.Address}\r\nFrom: user{i % 7}@customer.test\r\nSubject: case {i}\r\nMessage-ID: <{i}@customer.test>\r\n\r\nbody {i}\r\n")));
        }
        var desk = await FlowDesk.StartAsync(provider);
        var mailboxes = new List<Mailbox>();
        await desk.SetUpAsync(async db =>
        {
            mailboxes.AddRange(await db.Mailboxes.OrderBy(mailbox => mailbox.Id).ToListAsync());
            for (var i = 0; i < users.Length; i++) RigDesk.Point(desk, mailboxes[i], rig, users[i]);
        });
        return (desk, mailboxes);
    }
}
