using System.Security.Cryptography;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>The fetch against a real Dovecot over TLS.</summary>
public sealed class DovecotFetchTests(MailRig rig) : IClassFixture<MailRig>
{
    private const string Mail = "From: alice@customer.test\r\nSubject: hello\r\nMessage-ID: <hello@customer.test>\r\n\r\nPlease help.\r\n";

    [RigTheory]
    [InlineData(AfterFetch.Archive)]
    [InlineData(AfterFetch.Delete)]
    [InlineData(AfterFetch.MarkRead)]
    public async Task Mail_BecomesTicketAndItsServerCopyGoesWhereTheMailboxSays(AfterFetch after)
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = after);
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes(Mail));

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Null(result!.Error);
        Assert.Equal((1, 1, 1, 1), (result.Found, result.Stored, result.Decided, result.Acknowledged));
        var ticket = Assert.Single((await desk.Get<TicketQueries>().ListAsync(new TicketFilter())).Items);
        Assert.Equal("hello", ticket.Subject);
        Assert.Equal(after == AfterFetch.MarkRead ? 1 : 0, rig.Mails(user).Count(mail => mail.Seen));
        Assert.Equal(after == AfterFetch.MarkRead ? 1 : 0, rig.Mails(user).Count);
        Assert.Equal(after == AfterFetch.Archive ? 1 : 0, rig.Mails(user, "Archive").Count);
    }

    /// <summary>More than a download's memory holds at once: what it uses again must have been written before.</summary>
    [RigTheory, OnSqlite, OnPostgres]
    public async Task FortyMegabytesOfMail_AreStoredByteByByteAsTheyCame(DatabaseProvider provider)
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, provider: provider);
        var sent = new List<string>();
        for (var mail = 0; mail < 200; mail++)
        {
            var random = new Random(mail);
            var filling = new byte[mail % 50 == 0 ? 900_000 : random.Next(1000, 300_000)];
            random.NextBytes(filling);
            var raw = System.Text.Encoding.ASCII.GetBytes($"From: alice@customer.test\r\nSubject: mail {mail}\r\nMessage-ID: <{mail}@customer.test>\r\n\r\n{Convert.ToBase64String(filling, Base64FormattingOptions.InsertLineBreaks)}\r\n");
            rig.Put(user, raw);
            sent.Add(Convert.ToHexString(SHA256.HashData(raw)));
        }

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal((200, 200, 200), (result!.Stored, result.Decided, result.Acknowledged));
        await using var db = desk.Db();
        var stored = new List<string>();
        await foreach (var raw in db.StoredMails.Select(mail => mail.Raw!.Bytes).AsAsyncEnumerable()) stored.Add(Convert.ToHexString(SHA256.HashData(raw)));
        Assert.Equal(sent.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [RigFact]
    public async Task RepliesOnly_TakesAnswersAndLeavesEverythingElseUntouchedOnTheServer()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.RepliesOnly = true);
        await desk.TakeAsync(Mail, "sales"); // by another way in: the ticket that is answered
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes("From: bob@customer.test\r\nSubject: news\r\nMessage-ID: <news@customer.test>\r\n\r\nBuy this.\r\n"));
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes("From: alice@customer.test\r\nSubject: Re: hello\r\nMessage-ID: <re@customer.test>\r\nIn-Reply-To: <hello@customer.test>\r\n\r\nStill waiting.\r\n"));
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes("From: alice@customer.test\r\nSubject: Re: hello\r\nMessage-ID: <re2@customer.test>\r\nIn-Reply-To: <re@customer.test>\r\n\r\nAnd waiting.\r\n"));

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Null(result!.Error);
        Assert.Equal((3, 2, 2, 2, 1), (result.Found, result.Stored, result.Decided, result.Acknowledged, result.Skipped));
        Assert.False(Assert.Single(rig.Mails(user)).Seen);
        await using var db = desk.Db();
        Assert.Equal(3, (await db.Tickets.SingleAsync()).MessageCount);
        Assert.Equal("RepliesOnly", (await db.Ledger.SingleAsync(entry => entry.State == LedgerState.Skipped)).Reason);
        Assert.Equal(0, (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Found);
    }

    [RigFact]
    public async Task MailReadElsewhereMeanwhile_IsFetchedAllTheSame()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = AfterFetch.MarkRead);
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes(Mail));
        rig.Put(user, System.Text.Encoding.ASCII.GetBytes(Mail.Replace("hello", "other", StringComparison.Ordinal)));

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal(2, result!.Decided);
    }

    [RigFact]
    public async Task NewUidValidity_DoublesNothing()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = AfterFetch.MarkRead);
        for (var i = 0; i < 5; i++) rig.Put(user, System.Text.Encoding.ASCII.GetBytes(Mail.Replace("hello", $"hello{i}", StringComparison.Ordinal)));
        Assert.Equal(5, (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Decided);

        await rig.NewUidValidityAsync(user);
        var again = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Null(again!.Error);
        await using var db = desk.Db();
        Assert.Equal(5, await db.Tickets.CountAsync());
    }

    [RigFact]
    public async Task WrongPassword_IsTheMailboxesError()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user with { Password = "wrong" });

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal(MailboxErrorKind.AuthenticationFailed, result!.Error!.Kind);
        Assert.NotEmpty(result.Error.Server!);
    }

    private async Task<FlowDesk> DeskAsync(RigUser user, Action<Mailbox>? change = null, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await using var db = desk.Db();
        var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
        (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate) = (MailRig.Host, rig.Ports.Imaps, Encryption.Tls, rig.CertificateSha256);
        (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, desk.Get<SecretProtector>().Protect(user.Password));
        change?.Invoke(mailbox);
        await db.SaveChangesAsync();
        return desk;
    }
}
