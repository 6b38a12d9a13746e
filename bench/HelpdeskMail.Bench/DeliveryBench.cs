using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace HelpdeskMail.Bench;

/// <summary>
/// From the moment Postfix has taken a mail to the row in an open ticket list in Chromium (G5), one mail after the other, nobody clicking. Beside it, by
/// the ledger's own times, where the time went: delivery and the server's notice (seen), our fetch (ticket), live update and browser (row).
/// Exit 1 when the median reaches a second or the 95th percentile two.
/// </summary>
internal static class DeliveryBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(int count)
    {
        await using var portal = await BenchPortal.StartAsync(1);
        await portal.ConfigureAsync(1);
        await portal.ServeAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new() { BaseURL = portal.Url });
        await page.GotoAsync("/account/login");
        await page.GetByLabel("E-mail address").FillAsync(BenchPortal.Administrator);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(BenchPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GotoAsync("/tickets");
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        var samples = new List<Sample>();
        for (var i = -3; i < count; i++) // the first few warm everything up
        {
            var subject = $"Delivery {i} {Guid.NewGuid():N}";
            var shown = page.EvaluateAsync<double>(
                """
                subject => new Promise(resolve => {
                  const look = () => document.body.innerText.includes(subject) && (observer.disconnect(), resolve(Date.now()));
                  const observer = new MutationObserver(look);
                  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
                })
                """,
                subject);
            await MailDrop.SendAsync(lmtp: false, portal.Ports.Smtp, "alice@customer.test", [BenchPortal.AddressOf(0)], Mail(subject));
            var taken = DateTimeOffset.UtcNow;
            var row = DateTimeOffset.FromUnixTimeMilliseconds((long)await shown.WaitAsync(Patience));
            if (i >= 0) samples.Add(await SampleAsync(portal, subject, taken, row));
            await Task.Delay(Random.Shared.Next(600, 1400)); // not in step with anybody's timers
        }

        var rows = Figures(samples.Select(sample => sample.Row));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            bench = "delivery",
            mails = count,
            milliseconds = new { seen = Figures(samples.Select(sample => sample.Seen)), ticket = Figures(samples.Select(sample => sample.Ticket)), row = rows },
        }));
        return rows is { Median: < 1000, P95: < 2000 } ? 0 : 1;
    }

    private static async Task<Sample> SampleAsync(BenchPortal portal, string subject, DateTimeOffset taken, DateTimeOffset row)
    {
        await using var db = portal.Db();
        var entry = await db.Ledger.Where(entry => entry.Subject == subject).Select(entry => new { entry.SeenAt, entry.DecidedAt }).SingleAsync();
        return new Sample((entry.SeenAt - taken.UtcDateTime).TotalMilliseconds, (entry.DecidedAt!.Value - taken.UtcDateTime).TotalMilliseconds, (row - taken).TotalMilliseconds);
    }

    private static byte[] Mail(string subject) => System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
        From: Alice Miller <alice@customer.test>
        To: {BenchPortal.AddressOf(0)}
        Subject: {subject}
        Date: {DateTimeOffset.UtcNow:R}
        Message-ID: <{Guid.NewGuid():N}@customer.test>

        Hello,

        is anyone there?
        """).ReplaceLineEndings("\r\n"));

    private static Percentiles Figures(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new Percentiles(Math.Round(sorted[sorted.Count / 2]), Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * 0.95))]), Math.Round(sorted[^1]));
    }

    /// <summary>Milliseconds since Postfix took the mail.</summary>
    private sealed record Sample(double Seen, double Ticket, double Row);

    private sealed record Percentiles(double Median, double P95, double Most);
}
