using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Tests.Core.Fetching;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Notices;

public sealed class AlertTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task MailboxThatStaysInError_IsAlertedOnce_AndItsRecoveryOnce(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder { BeforeOpen = () => throw ScriptedFolder.Lost() };
        await using var desk = await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(folder.Open));
        await AdministratorAsync(desk, "ada@example.test");
        await GlobalAccountAsync(desk);

        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Empty(await AlertsAsync(desk)); // a server that restarts is no alert
        for (var i = 0; i < 3; i++) await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        var alert = Assert.Single(await AlertsAsync(desk));
        Assert.Equal((AlertKind.MailboxFailed, "support", "The connection was lost."), (alert.Kind, alert.Subject, alert.Text));
        var mail = MimeMessage.Parse(Assert.Single(await MailsAsync(desk)).Raw);
        Assert.Equal(("Mailbox support can't be fetched", "ada@example.test", "auto-generated"), (mail.Subject, mail.To[0].Address, mail.Headers["Auto-Submitted"]!.Trim()));
        Assert.Contains("reset by peer", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Get<AlertQueries>().UnreadAsync("ada", administrator: true));
        await desk.Get<AlertQueries>().MarkReadAsync("ada", alert.Id);
        await desk.Get<AlertQueries>().MarkReadAsync("ada", alert.Id - 1);
        Assert.Equal(0, await desk.Get<AlertQueries>().UnreadAsync("ada", administrator: true));

        folder.BeforeOpen = () => { };
        for (var i = 0; i < 2; i++) await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Equal(AlertKind.MailboxRecovered, (await AlertsAsync(desk))[1].Kind);
        Assert.Equal(2, (await MailsAsync(desk)).Count);
    }

    [Fact]
    public async Task WrongPassword_IsAlertedAtOnce_AndWithoutGlobalAccountInThePortalAlone()
    {
        var folder = new ScriptedFolder { BeforeOpen = () => throw new MailSourceException(MailboxErrorKind.AuthenticationFailed, "The password is wrong.", "NO bad credentials") };
        await using var desk = await FlowDesk.StartAsync(more: services => services.AddSingleton<MailSourceFor>(folder.Open));
        await AdministratorAsync(desk, "ada@example.test");
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Equal("NO bad credentials", Assert.Single(await AlertsAsync(desk)).Server);
        Assert.Empty(await MailsAsync(desk));
    }

    [Fact]
    public async Task AdministratorWhoseAddressIsAMailbox_GetsNoAlertByMail()
    {
        var folder = new ScriptedFolder { BeforeOpen = () => throw new MailSourceException(MailboxErrorKind.AuthenticationFailed, "The password is wrong.", null) };
        await using var desk = await FlowDesk.StartAsync(more: services => services.AddSingleton<MailSourceFor>(folder.Open));
        await AdministratorAsync(desk, "support@helpdesk.test");
        await GlobalAccountAsync(desk);
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Single(await AlertsAsync(desk));
        Assert.Empty(await MailsAsync(desk));
    }

    private static async Task AdministratorAsync(FlowDesk desk, string email)
    {
        await using var db = desk.Db();
        var role = await db.Roles.FirstOrDefaultAsync(row => row.Name == Roles.Administrator)
            ?? db.Roles.Add(new IdentityRole(Roles.Administrator) { NormalizedName = Roles.Administrator.ToUpperInvariant() }).Entity;
        db.Users.Add(new HelpdeskUser { Id = "ada", UserName = email, Email = email, DisplayName = "Ada" });
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = "ada", RoleId = role.Id });
        await db.SaveChangesAsync();
    }

    private static async Task GlobalAccountAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        var account = new OutboundAccount { Name = "global", Address = "helpdesk@helpdesk.test", DisplayName = "Helpdesk", Host = "localhost", Port = 25 };
        db.Add(account);
        await db.SaveChangesAsync();
        await GlobalAccount.SetAsync(db, account.Id, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    private static async Task<List<Alert>> AlertsAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.Alerts.AsNoTracking().OrderBy(alert => alert.Id).ToListAsync();
    }

    private static async Task<List<OutboxMail>> MailsAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.OutboxMails.AsNoTracking().Where(mail => mail.Purpose == OutboxPurpose.Alert).OrderBy(mail => mail.Id).ToListAsync();
    }
}
