using System.Globalization;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Outbound;

/// <summary>The outbox against a real Postfix, and the whole circle with a real Dovecot.</summary>
public sealed class OutboxSenderTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly Actor Agent = new(null, "Agent");

    [RigTheory, OnSqlite, OnPostgres]
    public async Task MailTicketAnswerAnswer_GoesFullCircle(DatabaseProvider provider)
    {
        var (us, customer) = (rig.NewUser(), rig.NewUser());
        await using var desk = await DeskAsync(us, provider: provider);
        await rig.DeliverLmtpAsync(us, $"From: Ann <{customer.Address}>\nTo: {us.Address}\nSubject: Printer\nMessage-ID: <one@customer.test>\n\nIt smokes.");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        var ticket = Assert.Single((await desk.Get<TicketQueries>().ListAsync(new TicketFilter())).Items);

        await desk.Get<ReplyWriter>().WriteAsync(ticket.Id, new ReplyDraft { Text = "Pull the plug." }, Agent);
        Assert.Equal(1, await desk.Get<OutboxSender>().SendDueAsync());

        var received = await rig.WaitForMailAsync(customer, mail => mail.Header("Subject") == $"Re: Printer [#{ticket.Number}]");
        Assert.Equal("<one@customer.test>", received.Header("In-Reply-To"));
        Assert.Contains("Pull the plug.", received.Text, StringComparison.Ordinal);
        var delivery = (await desk.Get<TicketQueries>().MessagesAsync(ticket.Id))[1].Delivery.Single();
        Assert.Equal((OutboxState.Accepted, 1), (delivery.State, delivery.Attempts));
        Assert.StartsWith("250", delivery.Answer, StringComparison.Ordinal);

        await rig.DeliverLmtpAsync(us, $"From: Ann <{customer.Address}>\nTo: {us.Address}\nSubject: Re: other subject\nIn-Reply-To: {received.Header("Message-ID")}\n\nThanks!");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal(3, (await desk.Get<TicketQueries>().GetAsync(ticket.Id))!.MessageCount);
        Assert.Equal(0, await desk.Get<OutboxSender>().SendDueAsync());
    }

    [RigTheory, OnSqlite, OnPostgres]
    public async Task UnknownRecipient_BouncesAndTheReportMarksTheMessage_ItsAuthorsBellAndTheAddress(DatabaseProvider provider)
    {
        var us = rig.NewUser();
        await using var desk = await DeskAsync(us, provider: provider);
        var ghost = $"ghost-{Guid.NewGuid():N}@customer.test";
        var ticket = (await desk.TakeAsync($"From: {ghost}\nSubject: Who\nMessage-ID: <ghost@customer.test>\n\nme")).TicketId!.Value;
        await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Hello?" }, new Actor("smith", "Agent Smith"));

        await desk.Get<OutboxSender>().SendDueAsync();

        await Eventually.TrueAsync(async () =>
        {
            await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
            return (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1].News.Count > 0;
        }, TimeSpan.FromSeconds(60), "the red envelope");
        var message = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1];
        var news = Assert.Single(message.News);
        Assert.Equal((NewsKind.Failed, NewsState.Open, ghost, "5.1.1", "There is no such mailbox."), (news.Kind, news.State, news.Address, news.Status, news.Cause));
        Assert.Contains("550 5.1.1", news.Line, StringComparison.Ordinal);
        Assert.Equal((OutboxState.Bounced, ghost), (message.Delivery.Single().State, message.Bounce!.Address));
        Assert.Equal(1, await desk.Get<AlertQueries>().UnreadAsync("smith", administrator: false));
        Assert.Equal(1, await desk.Get<NewsQueries>().OpenAsync());
        Assert.Equal(ghost, Assert.Single(await desk.Get<AddressQueries>().UndeliverableAsync([ghost])).Address);
        var report = System.Text.Encoding.UTF8.GetString((await desk.Get<NewsQueries>().RawAsync(news.Id))!);
        Assert.Contains($"Original-Envelope-Id: {message.MessageId}", report, StringComparison.Ordinal); // what we asked for (RFC 3461)
        Assert.Contains($"Original-Recipient: rfc822;{ghost}", report, StringComparison.Ordinal);
        var explained = (await desk.Get<MailProcessor>().ExplainStoredAsync(news.StoredMailId!.Value, "support")).Value!;
        Assert.Equal((DecisionKind.RecordBounce, ticket), (explained.Kind, explained.TicketId!.Value));
        Assert.Contains(explained.Steps, step => step is { Name: "report", Verdict: "matched" } && step.Detail.Contains(message.MessageId!, StringComparison.Ordinal));
    }

    [RigFact]
    public async Task WrongPassword_DefersAndNamesTheAccountsError()
    {
        var us = rig.NewUser();
        await using var desk = await DeskAsync(us, account => account.ProtectedPassword = null);
        await using (var db = desk.Db()) await db.OutboundAccounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.ProtectedPassword, desk.Get<SecretProtector>().Protect("wrong")));
        var ticket = await WriteAsync(desk);

        Assert.Equal(1, await desk.Get<OutboxSender>().SendDueAsync());

        var delivery = (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1].Delivery.Single();
        Assert.Equal(OutboxState.Deferred, delivery.State);
        Assert.True(delivery.NextAttemptAt > DateTime.UtcNow);
        await using var after = desk.Db();
        Assert.NotNull((await after.OutboundAccounts.SingleAsync()).LastError);
        Assert.Equal(CommunicationStatus.Failed, (await after.Communications.SingleAsync(row => row.Kind == CommunicationKind.Connection)).Status);
        Assert.Equal(0, await desk.Get<OutboxSender>().SendDueAsync());
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await desk.Get<OutboxSender>().SendDueAsync());
        desk.Helpdesk.Clock.Advance(TimeSpan.FromDays(4));
        await desk.Get<OutboxSender>().SendDueAsync();
        Assert.Equal(OutboxState.Failed, (await desk.Get<TicketQueries>().MessagesAsync(ticket))[1].Delivery.Single().State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SenderThatDied_ResendsOnlyWhatCantHaveLeft(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db => (await db.Departments.SingleAsync()).OutboundAccountId = await AddAccountAsync(db, new OutboundAccount { Name = "nowhere", Address = "us@helpdesk.test", Host = "127.0.0.1", Port = 1, Encryption = Encryption.None }));
        var before = await WriteAsync(desk, "before");
        var after = await WriteAsync(desk, "after");
        await using (var db = desk.Db())
        {
            var expired = desk.Helpdesk.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1);
            await db.OutboxRecipients.ExecuteUpdateAsync(set => set.SetProperty(recipient => recipient.State, OutboxState.Sending).SetProperty(recipient => recipient.NextAttemptAt, expired));
            var last = await db.OutboxRecipients.MaxAsync(recipient => recipient.Id);
            await db.OutboxRecipients.Where(recipient => recipient.Id == last).ExecuteUpdateAsync(set => set.SetProperty(recipient => recipient.DataAt, expired));
        }

        Assert.Equal(1, await desk.Get<OutboxSender>().SendDueAsync());

        Assert.Equal(OutboxState.Deferred, (await desk.Get<TicketQueries>().MessagesAsync(before))[1].Delivery.Single().State);
        Assert.Equal(OutboxState.Uncertain, (await desk.Get<TicketQueries>().MessagesAsync(after))[1].Delivery.Single().State);
    }

    [RigFact]
    public async Task TwoSendersAtOnce_SendEachMailOnce()
    {
        var (us, customer) = (rig.NewUser(), rig.NewUser());
        await using var desk = await DeskAsync(us);
        for (var i = 0; i < 8; i++) await WriteAsync(desk, $"n{i}", customer.Address);
        var secrets = desk.Get<SecretProtector>();
        await using var other = desk.Helpdesk.AnotherNode(services => services.AddSingleton(secrets));

        var tried = await Task.WhenAll(desk.Get<OutboxSender>().SendDueAsync(), other.GetRequiredService<OutboxSender>().SendDueAsync());

        Assert.Equal(8, tried.Sum());
        await Eventually.TrueAsync(() => rig.Mails(customer).Count >= 8, TimeSpan.FromSeconds(20), "eight mails");
        Assert.Equal(8, rig.Mails(customer).Count);
    }

    private static async Task<long> WriteAsync(FlowDesk desk, string id = "x", string from = "ann@customer.test")
    {
        var ticket = (await desk.TakeAsync(string.Create(CultureInfo.InvariantCulture, $"From: {from}\nSubject: {id}\nMessage-ID: <{id}@customer.test>\n\nhello"))).TicketId!.Value;
        Assert.True((await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "hi" }, Agent)).Ok);
        return ticket;
    }

    private static async Task<long> AddAccountAsync(HelpdeskDb db, OutboundAccount account)
    {
        db.Add(account);
        await db.SaveChangesAsync();
        return account.Id;
    }

    private async Task<FlowDesk> DeskAsync(RigUser user, Action<OutboundAccount>? change = null, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db =>
        {
            var password = desk.Get<SecretProtector>().Protect(user.Password);
            var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
            (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate) = (MailRig.Host, rig.Ports.Imaps, Encryption.Tls, rig.CertificateSha256);
            (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, password);
            var account = new OutboundAccount
            {
                Name = "smtp",
                Address = user.Address,
                DisplayName = "Helpdesk",
                Host = MailRig.Host,
                Port = rig.Ports.Submission,
                Encryption = Encryption.StartTls,
                UserName = user.Address,
                ProtectedPassword = password,
                PinnedCertificate = rig.CertificateSha256,
            };
            change?.Invoke(account);
            mailbox.ReplyViaId = await AddAccountAsync(db, account);
        });
        return desk;
    }
}
