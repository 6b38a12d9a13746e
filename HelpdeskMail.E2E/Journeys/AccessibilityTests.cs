using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

/// <summary>Every page, with content, in light and dark, wide and narrow: axe finds nothing serious. With HELPDESK_SHOTS it also takes pictures.</summary>
public sealed class AccessibilityTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly string[] Pages =
    [
        "/", "/tickets", "/tickets?q=nothing-has-this", "/tickets/1", "/tickets/2", "/communications", "/mailboxes", "/mailboxes/1", "/mailboxes/1/edit", "/mailboxes/new",
        "/outbound-accounts", "/outbound-accounts/new", "/departments", "/addresses", "/addresses/domains/new", "/addresses/aliases", "/addresses/aliases/new", "/addresses/system", "/addresses/system/new", "/filters", "/filters/import", "/loops", "/confirmations", "/confirmations/1", "/replay", "/jobs", "/users", "/settings", "/account/password", "/account/notifications", "/undelivered", "/undelivered?show=unknown", "/undelivered/addresses", "/alerts", "/no-such-page",
    ];

    [JourneyFact]
    public async Task EveryPage_LightAndDark_HasNoSeriousViolation()
    {
        var support = rig.NewUser();
        foreach (var mail in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "demo-mails")).Order(StringComparer.Ordinal))
            await rig.DeliverLmtpAsync(support, await File.ReadAllBytesAsync(mail));
        var (portal, visitor) = await PortalConfiguration.OpenAsync(rig, support);
        await using var _ = portal;
        await using var __ = visitor;
        await Journey.RunAsync(visitor, async _ =>
        {
            await visitor.GoAsync("/tickets");
            await new TicketList(visitor.Page).WaitForAsync("Printer on the second floor prints only half of each page");

            var faults = new List<string>();
            foreach (var (name, width, dark) in new[] { ("light", 1400, false), ("dark", 1400, true), ("narrow", 400, false) })
            {
                await using var other = await Visitor.ComeAsync(portal, width, 900, dark);
                await other.LogInAsync(PortalConfiguration.Administrator, PortalConfiguration.Password);
                foreach (var path in Pages)
                {
                    await other.Page.GotoAsync(path, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
                    await other.ShotAsync($"{path.Trim('/').Replace("?q=", "-", StringComparison.Ordinal).Replace('/', '-')}-{name}");
                    faults.AddRange(await other.GraveViolationsAsync($"{path} {name}"));
                }
                faults.AddRange(other.Complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)));
            }
            Assert.True(faults.Count == 0, string.Join('\n', faults));
        });
    }
}
