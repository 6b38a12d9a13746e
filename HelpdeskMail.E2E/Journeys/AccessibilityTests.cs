using System.Text;
using System.Text.Json;
using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Microsoft.Playwright;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

/// <summary>Every page, with content, wide in light and narrow in dark colours: axe finds nothing serious and nothing is wider than the window.
/// With HELPDESK_SHOTS it also takes pictures.</summary>
public sealed class AccessibilityTests(MailRig rig) : IClassFixture<MailRig>
{
    private const string Printer = "Printer on the second floor prints only half of each page";

    private static readonly string[] Pages =
    [
        "/", "/tickets", "/tickets?q=nothing-has-this", "/contact-requests", "/communications", "/communications/1", "/mailboxes", "/mailboxes/1", "/mailboxes/1/edit", "/mailboxes/1/ledger", "/mailboxes/1/ledger?q=printer", "/mailboxes/new", "/mails/1",
        "/quarantine", "/quarantine?q=nothing-has-this", "/quarantine/1", "/outbound-accounts", "/outbound-accounts/1", "/outbound-accounts/new", "/departments", "/addresses", "/addresses/domains/new", "/addresses/aliases", "/addresses/aliases/new", "/addresses/system", "/addresses/system/new",
        "/filters", "/filters/new", "/filters/import", "/filters/history", "/explain", "/notices", "/loops", "/confirmations", "/confirmations/1", "/replay", "/jobs", "/users", "/settings", "/account/password", "/account/notifications", "/undelivered", "/undelivered?show=unknown", "/undelivered/addresses", "/alerts", "/no-such-page",
    ];

    /// <summary>A plain conversation, inline pictures, a meeting, signatures of both kinds.</summary>
    private static readonly string[] Tickets = [Printer, "Sales report shows the wrong bar for Friday", "Invitation: Go-live of the new booking system", "Framework contract", "New batteries for the server room"];

    [JourneyFact(Timeout = 900_000)] // some 100 looks at pages
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
            await HoldMailAsync(portal);
            await visitor.GoAsync("/tickets");
            await new TicketList(visitor.Page).WaitForAsync(Printer);
            var tickets = await LinksAsync(visitor);
            await ReadReceiptAsync(visitor, tickets[0], support);
            await visitor.GoAsync("/quarantine");
            await visitor.Page.Locator("tr[data-item]").WaitForAsync(); // the walk sees its page, too

            var faults = new List<string>();
            foreach (var (name, width, dark) in new[] { ("light", 1400, false), ("narrow-dark", 390, true) })
            {
                await using var other = await Visitor.ComeAsync(portal, width, 900, dark);
                await other.LogInAsync(PortalConfiguration.Administrator, PortalConfiguration.Password);
                foreach (var path in (string[])[.. Pages, .. tickets])
                {
                    await other.GoAndReadAsync(path);
                    await other.ShotAsync($"{path.Trim('/').Replace("?q=", "-", StringComparison.Ordinal).Replace('/', '-')}-{name}");
                    faults.AddRange(await other.GraveViolationsAsync($"{path} {name}"));
                    if (await other.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wider)
                        faults.Add($"{path} {name}: {wider} pixels wider than the window");
                }
                faults.AddRange(other.Complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)));
            }
            Assert.True(faults.Count == 0, string.Join('\n', faults));
        });
    }

    private static async Task<string[]> LinksAsync(Visitor visitor)
    {
        var links = new List<string>();
        foreach (var subject in Tickets)
            links.Add("/" + (await visitor.Page.GetByRole(AriaRole.Link, new() { Name = subject, Exact = true }).First.GetAttributeAsync("href"))!.TrimStart('/'));
        return [.. links];
    }

    /// <summary>A contact request, and a mail in quarantine.</summary>
    private async Task HoldMailAsync(Portal portal)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            version = 1,
            aliasDomains = new[] { new { domain = "elsewhere.test", catchall = "catchall", bounce = "bounce", companyAddress = "held@helpdesk.test" } },
            mailboxes = new[] { new { name = "held", protocol = "imap", address = "held@helpdesk.test", host = MailRig.Host, port = rig.Ports.Imaps, encryption = "tls", userName = "held", password = "x", queue = "Support", holdAsContactRequests = true, validity = "invalid" } },
        }));
        await portal.RunAsync("", "config", "import", file);
        File.Delete(file);
        await portal.RunAsync("From: Eva <eva@customer.test>\nTo: held@helpdesk.test\nSubject: Please call me back\n\nAfter two, please.", "deliver", "--mailbox", "held");
        await portal.RunAsync("From: Robot <robot@machine.test>\nTo: bounce@elsewhere.test\nAuto-Submitted: auto-generated\nSubject: About a mail\n\nNobody can read what this is about.", "deliver");
    }

    /// <summary>An answer to the ticket, which its customer's program says was displayed.</summary>
    private async Task ReadReceiptAsync(Visitor visitor, string ticket, RigUser support)
    {
        const string Words = "A technician comes at eleven.";
        await visitor.GoAsync(ticket);
        await new TicketPage(visitor.Page).ReplyAsync(Words);
        var answer = await rig.WaitForMailAsync(MailRig.Alice, mail => mail.Text.Contains(Words, StringComparison.Ordinal));
        var receipt = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "demo-mails", "16-read-receipt.eml"));
        receipt = receipt.Replace("<welcome-alice@helpdesk.test>", answer.Header("Message-ID"), StringComparison.Ordinal).Replace("<receipt-1@", "<receipt-2@", StringComparison.Ordinal);
        await rig.DeliverLmtpAsync(support, Encoding.ASCII.GetBytes(receipt));
        await visitor.Page.Locator(".read-mark").WaitForAsync();
    }
}
