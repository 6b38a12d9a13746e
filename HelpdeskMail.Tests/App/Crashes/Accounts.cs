using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Bench;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>Compares what was delivered with what the help desk made of it: every mail once, whole, in the right ticket, and no half ticket.</summary>
internal static class Accounts
{
    /// <param name="sets">What was delivered; threads stay inside a set.</param>
    /// <param name="inLedger">How many of them came by fetching.</param>
    /// <returns>One line a fault; empty: all is there.</returns>
    public static async Task<List<string>> FaultsAsync(HelpdeskDb db, IReadOnlyList<IReadOnlyList<LoadMail>> sets, int inLedger)
    {
        var mails = sets.SelectMany(set => set).ToList();
        var faults = new List<string>();
        var taken = await StoredAsync(db, mails, faults);
        await MessagesAsync(db, sets, taken, faults);
        await TicketsAsync(db, sets, faults);
        await LedgerAsync(db, inLedger, faults);
        return faults;
    }

    /// <summary>Decoded bytes of the generator's attachments: the one base64 part of a mail.</summary>
    public static byte[]? Attachment(LoadMail mail)
    {
        var text = Encoding.Latin1.GetString(mail.Raw);
        var at = text.IndexOf("Content-Disposition: attachment", StringComparison.Ordinal);
        if (at < 0) return null;
        var start = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4;
        return Convert.FromBase64String(text[start..text.IndexOf("\r\n--", start, StringComparison.Ordinal)]);
    }

    private static async Task<Dictionary<long, string>> StoredAsync(HelpdeskDb db, List<LoadMail> mails, List<string> faults)
    {
        var taken = new Dictionary<long, string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in db.StoredMails.AsNoTracking().Include(mail => mail.Raw).AsAsyncEnumerable())
        {
            var hash = Convert.ToHexStringLower(row.ContentHash);
            if (row.Raw is null || Convert.ToHexStringLower(SHA256.HashData(row.Raw.Bytes)) != hash) faults.Add($"stored mail {row.Id}: its bytes are not those of its hash");
            if (row.State != StoredMailState.Decided) faults.Add($"stored mail {row.Id}: {row.State}, {row.Error}");

            // The same bytes handed over again (an import repeated, an MTA that tries again) are recognised and make nothing.
            if (row.Decision == DecisionKind.Ignore && row.Reason == DecisionReason.DuplicateContent) continue;
            taken[row.Id] = hash;
            seen[hash] = seen.GetValueOrDefault(hash) + 1;
        }
        foreach (var mail in mails)
        {
            var hash = Hash(mail.Raw);
            if (seen.GetValueOrDefault(hash) != 1) faults.Add($"{mail.MessageId}: {seen.GetValueOrDefault(hash)} times among the stored mails");
            seen.Remove(hash);
        }
        faults.AddRange(seen.Keys.Select(hash => $"a stored mail that nobody sent: {hash}"));
        var told = await db.Communications.Where(row => row.Kind == CommunicationKind.Message && row.StoredMailId != null).Select(row => row.StoredMailId!.Value).ToListAsync();
        if (told.Count != told.Distinct().Count()) faults.Add("a mail stands twice in the communication log");
        if (taken.Keys.Except(told).Any()) faults.Add("a mail is missing in the communication log");
        return taken;
    }

    private static async Task MessagesAsync(HelpdeskDb db, IReadOnlyList<IReadOnlyList<LoadMail>> sets, Dictionary<long, string> taken, List<string> faults)
    {
        var rows = (await db.TicketMessages.AsNoTracking().Where(message => message.Direction == MessageDirection.Inbound).Include(message => message.Attachments).ToListAsync()).ToLookup(message => message.MessageId ?? "");
        foreach (var set in sets)
        {
            foreach (var mail in set)
            {
                if (rows[mail.MessageId].ToList() is not [var message])
                {
                    faults.Add($"{mail.MessageId}: {rows[mail.MessageId].Count()} times in tickets");
                    continue;
                }
                if (message.StoredMailId is not { } stored || taken.GetValueOrDefault(stored) != Hash(mail.Raw)) faults.Add($"{mail.MessageId}: its message points to other bytes");
                if (message.TicketId != rows[set[mail.RootIndex].MessageId].FirstOrDefault()?.TicketId) faults.Add($"{mail.MessageId}: its thread is in another ticket");
                var wanted = Attachment(mail) is { } bytes ? new[] { Hash(bytes) } : [];
                if (!message.Attachments.Select(file => file.Sha256).SequenceEqual(wanted, StringComparer.Ordinal)) faults.Add($"{mail.MessageId}: {message.Attachments.Count} attachments, or others than were sent");
            }
        }
    }

    private static async Task TicketsAsync(HelpdeskDb db, IReadOnlyList<IReadOnlyList<LoadMail>> sets, List<string> faults)
    {
        var expected = sets.Sum(set => set.Count(mail => mail.RootIndex == mail.Index));
        var tickets = await db.Tickets.AsNoTracking().Select(ticket => new { ticket.Number, ticket.MessageCount, Events = db.TicketEvents.Count(line => line.TicketId == ticket.Id && line.Kind == "created"), Messages = db.TicketMessages.Count(message => message.TicketId == ticket.Id) }).ToListAsync();
        if (tickets.Count != expected) faults.Add($"{tickets.Count} tickets instead of {expected}");
        if (tickets.Select(ticket => ticket.Number).Distinct(StringComparer.Ordinal).Count() != tickets.Count) faults.Add("a ticket number is used twice");
        faults.AddRange(tickets.Where(ticket => ticket.MessageCount != ticket.Messages || ticket.Messages == 0 || ticket.Events != 1).Select(ticket => $"ticket {ticket.Number}: half ({ticket})"));
    }

    private static async Task LedgerAsync(HelpdeskDb db, int inLedger, List<string> faults)
    {
        var states = await db.Ledger.GroupBy(entry => entry.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
        if (states.Sum(state => state.Count) != inLedger || states.Exists(state => state.Key != LedgerState.Acknowledged))
            faults.Add($"the ledger of {inLedger} messages says {string.Join(", ", states.Select(state => $"{state.Count} {state.Key}"))}");
        if (await db.Ledger.AnyAsync(entry => entry.TicketId == null || entry.StoredMailId == null)) faults.Add("a ledger row knows no ticket");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
