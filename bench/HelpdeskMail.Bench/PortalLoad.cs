using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Bench;

/// <summary>
/// A portal that runs gets one full mailbox after the other and fetches each by itself: the rate from the connection to the last mail acknowledged, by the
/// portal's own log, beside a raw download of the same mailbox. All in SQLite, over TLS. Exit 1 when a mail is not in the right ticket.
/// </summary>
internal static class PortalLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(int count, int rounds)
    {
        await using var portal = await BenchPortal.StartAsync(rounds);
        await portal.ServeAsync();
        var certificate = Path.Combine(portal.Rig, "cert.pem");
        var wrongs = 0;
        for (var round = 0; round < rounds; round++)
        {
            var mails = LoadMails.Generate(count, seed: round + 1).ToList();
            FetchLoad.Fill(Path.Combine(portal.Rig, "mail", BenchPortal.AddressOf(round), "Maildir"), mails);
            var raw = await RawImapDownload.RunAsync(portal.Ports.Imaps, certificate, BenchPortal.AddressOf(round), "secret");
            var before = Footprint.Of(portal.ProcessId);
            await portal.ConfigureAsync(round + 1);
            var fetch = await FetchedAsync(portal, string.Create(CultureInfo.InvariantCulture, $"box{round}"), count);
            var after = Footprint.Of(portal.ProcessId);

            await using var db = portal.Db();
            var wrong = await FetchLoad.WrongAsync(db, mails);
            foreach (var line in wrong.Take(10)) Console.Error.WriteLine(line);
            wrongs += wrong.Count;
            var (seconds, cpu) = (fetch.Duration!.Value / 1000, after.CpuSeconds - before.CpuSeconds);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "portal-load",
                round = round + 1,
                mails = count,
                rawPerSecond = Math.Round(raw.PerSecond, 1),
                fetchPerSecond = Math.Round(count / seconds, 1),
                ratio = Math.Round(count / seconds / raw.PerSecond, 4),
                seconds = Math.Round(seconds, 3),
                cpuMicrosecondsPerMail = Math.Round(cpu * 1e6 / count),
                peakMegabytes = Math.Round(after.PeakMegabytes),
                wrong = wrong.Count,
            }));
        }
        return wrongs == 0 ? 0 : 1;
    }

    /// <summary>The log's row of the fetch that took so many mails. Asks seldom and little: both share the processors.</summary>
    private static async Task<Communication> FetchedAsync(BenchPortal portal, string mailbox, int count)
    {
        await using var db = portal.Db();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var waited = TimeSpan.Zero; waited < Patience && await timer.WaitForNextTickAsync(); waited += timer.Period)
        {
            if (!await db.MailboxStatuses.AnyAsync(status => status.LastSuccessAt != null && db.Mailboxes.Any(box => box.Id == status.MailboxId && box.Name == mailbox))) continue;
            var done = string.Create(CultureInfo.InvariantCulture, $"{count} found, {count} stored");
            return await db.Communications.AsNoTracking().SingleAsync(row => row.Account == mailbox && row.Kind == CommunicationKind.Connection && row.Summary.StartsWith(done));
        }
        throw new TimeoutException($"{mailbox} was not fetched within {Patience.TotalMinutes} minutes.");
    }
}
