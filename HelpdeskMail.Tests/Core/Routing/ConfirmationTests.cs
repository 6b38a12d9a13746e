using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class ConfirmationTests
{
    private const string Gmail = """
        From: Gmail Team <forwarding-noreply@google.com>
        To: catchall@helpdesk.test
        Subject: (#412358761) Gmail Forwarding Confirmation - Receive Mail from ann.shop@gmail.com
        Message-ID: <CAEV1@mail.gmail.com>
        Content-Type: text/plain; charset=UTF-8

        ann.shop@gmail.com has requested to automatically forward mail to your email
        address catchall@helpdesk.test.
        Confirmation code: 412358761

        To allow ann.shop@gmail.com to automatically forward mail to your address,
        please click the link below to confirm the request:

        https://mail-settings.google.com/mail/vf-%5BANGjdJ9xyz%5D-Qk7b_1x

        If you click the link and it appears to be broken, please copy and paste it
        into a new browser window.

        If you accidentally clicked the link, click this link to cancel this verification:
        https://mail-settings.google.com/mail/uf-%5BANGjdJ9xyz%5D-Qk7b_1x

        To learn more, please visit: http://support.google.com/mail/bin/answer.py?answer=184973.
        """;

    private const string SendAs = """
        From: Gmail Team <gmail-noreply@google.com>
        To: support@helpdesk.test
        Subject: Gmail Confirmation - Send Mail as support@helpdesk.test

        You have requested to add support@helpdesk.test to your Gmail account.
        Confirmation code: 98127643
        """;

    private const string Microsoft = """
        From: Microsoft account team <account-security-noreply@accountprotection.microsoft.com>
        To: bounce@helpdesk.test
        Subject: Verify your email address
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <html><head><style>a { color: red }</style></head><body><p>To finish setting up this account, verify your email address.</p>
        <p>Security code: <b>402917</b></p><p><a href="https://account.live.com/Email/Verify?otc=4A&amp;mn=bounce%40helpdesk.test">Verify</a></p>
        <p><a href="https://go.microsoft.com/fwlink/?LinkID=521839">Privacy Statement</a></p></body></html>
        """;

    private const string Yandex = """
        From: =?UTF-8?B?0K/QvdC00LXQutGBLtCf0L7Rh9GC0LA=?= <noreply@yandex.ru>
        To: support@helpdesk.test
        Subject: Подтверждение пересылки писем
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Здравствуйте!

        Пользователь anna@yandex.ru настроил пересылку писем на ваш адрес support@helpdesk.test.

        Подтвердите пересылку, перейдя по ссылке: https://mail.yandex.ru/confirm?e=k1J3n4mZq7
        """;

    private const string Gmx = """
        From: GMX Kundenservice <noreply@gmx.net>
        To: support@helpdesk.test
        Subject: Bitte bestätigen Sie die E-Mail-Weiterleitung
        Content-Type: text/plain; charset=utf-8

        anna@gmx.de möchte E-Mails an support@helpdesk.test weiterleiten.

        Ihr Bestätigungscode lautet:

        7731-9920

        Viele Grüße
        """;

    private const string CPanel = """
        From: cpanel@server7.hosting.example
        To: support@helpdesk.test
        Subject: [server7.hosting.example] Confirm the forwarder for sales@shop.example

        The account sales@shop.example asks to forward its mail to support@helpdesk.test.
        To confirm, open https://server7.hosting.example:2096/verify/a81c77ffde0912
        """;

    /// <summary>A provider that nobody has heard of.</summary>
    private const string Unknown = """
        From: Small Hoster <do-not-reply@mail.smallhoster.co.uk>
        To: support@helpdesk.test
        Subject: Action required: approve mail forwarding
        Auto-Submitted: auto-generated

        office@builder.example has asked us to redirect incoming mail to support@helpdesk.test.

        Please confirm that this is wanted:
        <https://panel.smallhoster.co.uk/fwd/9f2d81c0aa7b45>

        Questions? https://www.smallhoster.co.uk/help
        """;

    private static readonly Actor Ada = new("ada", "Ada");

    [Theory]
    [InlineData(Gmail, "Gmail", "catchall@helpdesk.test", "ann.shop@gmail.com", "412358761", "https://mail-settings.google.com/mail/vf-%5BANGjdJ9xyz%5D-Qk7b_1x")]
    [InlineData(SendAs, "Gmail", "support@helpdesk.test", null, "98127643", null)]
    [InlineData(Microsoft, "Microsoft 365 / Outlook", "bounce@helpdesk.test", null, "402917", "https://account.live.com/Email/Verify?otc=4A&mn=bounce%40helpdesk.test")]
    [InlineData(Yandex, "Yandex", "support@helpdesk.test", "anna@yandex.ru", null, "https://mail.yandex.ru/confirm?e=k1J3n4mZq7")]
    [InlineData(Gmx, "GMX / WEB.DE", "support@helpdesk.test", "anna@gmx.de", "7731-9920", null)]
    [InlineData(CPanel, "cPanel", "support@helpdesk.test", "sales@shop.example", null, "https://server7.hosting.example:2096/verify/a81c77ffde0912")]
    [InlineData(Unknown, "smallhoster.co.uk", "support@helpdesk.test", "office@builder.example", null, "https://panel.smallhoster.co.uk/fwd/9f2d81c0aa7b45")]
    public async Task Confirmation_IsCaughtWithItsLinkAndCode_AndIsNoTicket(string raw, string provider, string recipient, string? account, string? code, string? link)
    {
        await using var desk = await StartAsync();

        var mail = await desk.TakeAsync(raw);

        Assert.Equal((DecisionKind.Ignore, DecisionReason.ProviderConfirmation), (mail.Decision, mail.Reason));
        var row = Assert.Single((await desk.Get<ConfirmationDesk>().ListAsync(ConfirmationState.Open, 10)).Items);
        Assert.Equal((provider, recipient, account, code, link), (row.Provider, row.Recipient, row.Account, row.Code, row.Links.FirstOrDefault()));
        Assert.True(row.Links.Count <= 1, string.Join('\n', row.Links)); // neither "cancel" nor help
        await using var db = desk.Db();
        Assert.Equal((0, 0), (await db.Tickets.CountAsync(), await db.OutboxMails.CountAsync()));
    }

    [Theory]
    [InlineData("noreply@parcels.example", "Your parcel", "We forward your parcel to Main Street. Please confirm: https://parcels.example/confirm/123456789012")] // forwards no mail
    [InlineData("noreply@shop.example", "Please verify your email address", "Your verification code: 123456. This was sent to support@helpdesk.test")] // a shop, no provider
    [InlineData("ann@customer.example", "Forwarding", "I forward my mail to support@helpdesk.test. Please confirm: https://customer.example/confirm/1")] // a person
    [InlineData("forwarding-noreply@google.com", "Gmail Forwarding Confirmation", "x@gmail.com wants to forward mail to support@helpdesk.test. Confirm: https://google.com.evil.example/mail/vf-1")] // a link elsewhere
    [InlineData("noreply@hoster.example", "Mail forwarding", "Forwarding to support@helpdesk.test was set up. Confirm nothing, it works. https://evil.example/confirm/12345678")]
    [InlineData("noreply@hoster.example", "Mail forwarding", "Forwarding to support@helpdesk.test: please confirm at javascript:alert(1) or ftp://hoster.example/confirm")]
    [InlineData("noreply@google.com", "New sign-in", "We noticed a new sign-in to your account. https://accounts.google.com/AccountChooser?Email=x")]
    public async Task OtherMailOfMachinesAndPeople_GoesOnAsBefore(string from, string subject, string body)
    {
        await using var desk = await StartAsync();

        var mail = await desk.TakeAsync($"From: {from}\nTo: support@helpdesk.test\nSubject: {subject}\n\n{body}");

        Assert.Equal(DecisionKind.CreateTicket, mail.Decision);
        Assert.Equal(0, await desk.Get<ConfirmationDesk>().OpenAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task NewerMailForTheSameAccount_TakesTheOlderOnesPlace_AndAdministratorsAreTold(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        await desk.TakeAsync(Gmail);
        await desk.TakeAsync(Gmail.Replace("412358761", "555001122", StringComparison.Ordinal).Replace("CAEV1", "CAEV2", StringComparison.Ordinal));

        var all = (await desk.Get<ConfirmationDesk>().ListAsync(null, 10)).Items;
        Assert.Equal([(ConfirmationState.Open, "555001122"), (ConfirmationState.Dismissed, "412358761")], all.Select(row => (row.State, row.Code!)));
        var alerts = await desk.Get<AlertQueries>().ListAsync(null, true, null, 10);
        Assert.Equal([all[0].Id, all[1].Id], alerts.Select(alert => alert.AboutId!.Value));
        Assert.All(alerts, alert => Assert.Equal((AlertKind.ConfirmationWaits, "Gmail"), (alert.Kind, alert.Subject)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Settling_IsTakenDown_AndCanBeTakenBack(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        await desk.TakeAsync(Gmail);
        var confirmations = desk.Get<ConfirmationDesk>();
        var id = (await confirmations.ListAsync(ConfirmationState.Open, 10)).Items[0].Id;

        Assert.True((await confirmations.SettleAsync(id, ConfirmationState.Done, Ada)).Ok);
        var done = (await confirmations.GetAsync(id))!;
        Assert.True((await confirmations.SettleAsync(id, ConfirmationState.Open, Ada)).Ok);
        var open = (await confirmations.GetAsync(id))!;

        Assert.Equal((ConfirmationState.Done, "Ada", true), (done.State, done.SettledBy, done.SettledAt is not null));
        Assert.Equal((ConfirmationState.Open, null, null, 1), (open.State, open.SettledBy, open.SettledAt, await confirmations.OpenAsync()));
        Assert.Equal(["id"], (await confirmations.SettleAsync(4711, ConfirmationState.Done, Ada)).Errors.Keys);
    }

    [Fact]
    public async Task MailboxThatTakesRepliesOnly_StillCatchesIt()
    {
        await using var desk = await StartAsync();
        await desk.SetUpAsync(db => db.Mailboxes.ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.RepliesOnly, true)));

        var explained = await desk.Get<MailProcessor>().ExplainAsync(System.Text.Encoding.UTF8.GetBytes(Unknown), "support");

        Assert.Equal(DecisionReason.ProviderConfirmation, explained.Value!.Reason);
        Assert.Contains(explained.Value.Steps, step => step is { Name: "confirmation", Verdict: "matched" });
    }

    [Fact]
    public async Task FloodOfForgedConfirmations_IsListedWithAFewAlerts()
    {
        await using var desk = await StartAsync();
        for (var i = 0; i < 15; i++) await desk.TakeAsync(Gmail.Replace("ann.shop", $"forged{i}", StringComparison.Ordinal).Replace("CAEV1", $"F{i}", StringComparison.Ordinal));

        Assert.Equal(15, await desk.Get<ConfirmationDesk>().OpenAsync());
        Assert.Equal(10, (await desk.Get<AlertQueries>().ListAsync(null, true, null, 100)).Count);
    }

    private static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(db =>
        {
            db.Add(new AliasDomain { Domain = "helpdesk.test", IsDefault = true });
            return Task.CompletedTask;
        });
        return desk;
    }
}
