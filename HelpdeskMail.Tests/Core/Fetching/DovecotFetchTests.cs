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

    private async Task<FlowDesk> DeskAsync(RigUser user, Action<Mailbox>? change = null)
    {
        var desk = await FlowDesk.StartAsync();
        await using var db = desk.Db();
        var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
        (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate) = (MailRig.Host, rig.Ports.Imaps, Encryption.Tls, rig.CertificateSha256);
        (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, desk.Get<SecretProtector>().Protect(user.Password));
        change?.Invoke(mailbox);
        await db.SaveChangesAsync();
        return desk;
    }
}
