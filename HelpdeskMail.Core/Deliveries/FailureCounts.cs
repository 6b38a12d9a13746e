using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>Counts failures per address, and says when an address counts as undeliverable and when no more.</summary>
internal static class FailureCounts
{
    public const string ByDelivery = "a mail that arrived";
    public const string ByWriting = "a mail from the address";
    public const string ByAcceptance = "our server, which took a mail for it";

    /// <param name="news">Failures that are new, of recipients we really sent to: a forged report may name anybody.</param>
    public static async Task FailedAsync(HelpdeskDb db, IReadOnlyList<DeliveryNews> news, CancellationToken cancel)
    {
        if (news.Count == 0) return;
        var addresses = news.Select(item => item.Address).Distinct().ToArray();
        var known = await db.FailingAddresses.Where(row => EF.Parameter(addresses).Contains(row.Address)).ToDictionaryAsync(row => row.Address, StringComparer.Ordinal, cancel);
        foreach (var item in news)
        {
            var cause = BounceCause.Of(item.Status, item.Line);
            if (cause.IsOurs) continue;
            if (!known.TryGetValue(item.Address, out var row)) known[item.Address] = row = db.FailingAddresses.Add(new FailingAddress { Address = item.Address, FirstAt = item.At, LastAt = item.At }).Entity;
            if (cause.IsHard) row.Hard++;
            else row.Soft++;
            if (item.At < row.FirstAt) row.FirstAt = item.At;
            if (item.At >= row.LastAt) (row.LastAt, row.LastStatus, row.LastCause, row.LastLine, row.LastNewsId, row.LastTicketId) = (item.At, item.Status, item.Cause, item.Line, item.Id, item.TicketId);
            if (!cause.AddressIsWrong || item.At <= row.ClearedAt) continue;
            row.UndeliverableSince ??= item.At;
            row.Refused = item.StoredMailId is null;
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    public static Task ArrivedAsync(HelpdeskDb db, IReadOnlyList<DeliveryNews> news, DateTime now, CancellationToken cancel) =>
        ClearAsync(db, Latest(news.Select(item => (item.Address, item.At))), ByDelivery, refusedOnly: false, now, cancel);

    /// <summary>Whoever writes has a mailbox, unless the mail is older than the failure.</summary>
    public static Task WroteAsync(HelpdeskDb db, IReadOnlyDictionary<string, DateTime> writers, DateTime now, CancellationToken cancel) => ClearAsync(db, writers, ByWriting, refusedOnly: false, now, cancel);

    /// <summary>Our server takes mail for an address that it refused before. Where it only passes mail on, its taking it says nothing.</summary>
    public static Task AcceptedAsync(HelpdeskDb db, IEnumerable<string> addresses, DateTime now, CancellationToken cancel) =>
        ClearAsync(db, Latest(addresses.Select(address => (address, now))), ByAcceptance, refusedOnly: true, now, cancel);

    private static async Task ClearAsync(HelpdeskDb db, IReadOnlyDictionary<string, DateTime> heard, string by, bool refusedOnly, DateTime now, CancellationToken cancel)
    {
        if (heard.Count == 0) return;
        var addresses = heard.Keys.ToArray();
        var marked = await db.FailingAddresses.AsNoTracking().Where(row => EF.Parameter(addresses).Contains(row.Address) && row.UndeliverableSince != null && (!refusedOnly || row.Refused))
            .Select(row => new { row.Id, row.Address, row.LastAt }).ToListAsync(cancel);
        foreach (var row in marked.Where(row => heard[row.Address] > row.LastAt))
        {
            await db.FailingAddresses.Where(found => found.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(found => found.UndeliverableSince, (DateTime?)null).SetProperty(found => found.ClearedAt, now).SetProperty(found => found.ClearedBy, by), cancel);
        }
    }

    private static Dictionary<string, DateTime> Latest(IEnumerable<(string Address, DateTime At)> heard)
    {
        var latest = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        foreach (var (address, at) in heard)
        {
            if (!latest.TryGetValue(address, out var known) || known < at) latest[address] = at;
        }
        return latest;
    }
}
