using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Bench;

/// <summary>
/// Many mailboxes waiting for mail in one process: how soon all wait, how many threads and how much memory that takes beside the same portal without
/// any, and whether mail that comes meanwhile is fetched at once. Exit 1 when a thread is spent on a mailbox.
/// </summary>
internal static class IdleLoad
{
    private const int Deliveries = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(int mailboxes)
    {
        await using var portal = await BenchPortal.StartAsync(mailboxes);
        await portal.ServeAsync();
        await Task.Delay(TimeSpan.FromSeconds(5)); // what any start does is over
        var before = Footprint.Of(portal.ProcessId);

        var started = Stopwatch.GetTimestamp();
        await portal.ConfigureAsync(mailboxes);
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = portal.Db();
                return await db.MailboxStatuses.CountAsync(status => status.Push == PushState.Waiting) == mailboxes;
            },
            Patience, $"{mailboxes} mailboxes wait");
        var allWait = Stopwatch.GetElapsedTime(started);
        await Task.Delay(TimeSpan.FromSeconds(20)); // threads of the start go home
        var cpu = Footprint.Of(portal.ProcessId);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var idle = Footprint.Of(portal.ProcessId);

        var seconds = new List<double>();
        for (var i = 0; i < Deliveries; i++) seconds.Add(await DeliverAsync(portal, i * mailboxes / Deliveries, i));
        seconds.Sort();
        var stopped = await portal.StopAsync();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            bench = "idle-load",
            mailboxes,
            secondsUntilAllWait = Math.Round(allWait.TotalSeconds, 1),
            threads = new { without = before.Threads, with = idle.Threads },
            megabytes = new { without = Math.Round(before.Megabytes), with = Math.Round(idle.Megabytes) },
            processorShareWhileIdle = Math.Round((idle.CpuSeconds - cpu.CpuSeconds) / 10, 4),
            secondsToTicket = new { median = seconds[seconds.Count / 2], most = seconds[^1] },
            secondsToStop = Math.Round(stopped.TotalSeconds, 1),
        }));
        return idle.Threads - before.Threads < mailboxes / 4 ? 0 : 1;
    }

    private static async Task<double> DeliverAsync(BenchPortal portal, int mailbox, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{number}-{Guid.NewGuid():N}@customer.test");
        await MailDrop.SendAsync(lmtp: true, portal.Ports.Lmtp, "alice@customer.test", [BenchPortal.AddressOf(mailbox)], System.Text.Encoding.ASCII.GetBytes($"From: alice@customer.test\r\nSubject: idle\r\nMessage-ID: <{id}>\r\n\r\nHello\r\n"));
        var taken = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = portal.Db();
                return await db.TicketMessages.AnyAsync(message => message.MessageId == $"<{id}>" || message.MessageId == id);
            },
            Patience, "a ticket of the mail");
        return Math.Round(Stopwatch.GetElapsedTime(taken).TotalSeconds, 2);
    }
}
