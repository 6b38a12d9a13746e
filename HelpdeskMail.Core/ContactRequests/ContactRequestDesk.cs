using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.ContactRequests;

/// <summary>What people do with contact requests; one or many at once. A request that was dismissed may still become a ticket.</summary>
public sealed class ContactRequestDesk(IDbContextFactory<HelpdeskDb> contexts, HandDecisions decisions)
{
    /// <summary>Makes a ticket of each, with all its mails.</summary>
    /// <param name="queueId">Null: the queue that each mailbox's mail goes to.</param>
    /// <returns>By request; or the fault "queue".</returns>
    public Task<Outcome<IReadOnlyDictionary<long, HandResult>>> MakeTicketsAsync(IReadOnlyCollection<long> ids, long? queueId, Actor actor, CancellationToken cancel = default) =>
        ApplyAsync(ids, new HandDecision.MakeTicket(queueId), actor, again: true, cancel);

    /// <summary>Puts all mails of the requests to a ticket that is there.</summary>
    /// <returns>By request; or the fault "ticket".</returns>
    public Task<Outcome<IReadOnlyDictionary<long, HandResult>>> AppendAsync(IReadOnlyCollection<long> ids, long ticketId, Actor actor, CancellationToken cancel = default) =>
        ApplyAsync(ids, new HandDecision.Append(ticketId), actor, again: true, cancel);

    /// <returns>By request; or the fault "reason".</returns>
    public Task<Outcome<IReadOnlyDictionary<long, HandResult>>> DismissAsync(IReadOnlyCollection<long> ids, string reason, Actor actor, CancellationToken cancel = default) =>
        ApplyAsync(ids, new HandDecision.Dismiss(reason), actor, again: false, cancel);

    /// <summary>The ticket of a number as people write it: "100042", "#100042"; null: there is none.</summary>
    public async Task<long?> FindTicketAsync(string? number, CancellationToken cancel = default)
    {
        var digits = (number ?? "").Trim().TrimStart('#');
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Tickets.Where(ticket => ticket.Number == digits).Select(ticket => (long?)ticket.Id).FirstOrDefaultAsync(cancel);
    }

    private async Task<Outcome<IReadOnlyDictionary<long, HandResult>>> ApplyAsync(IReadOnlyCollection<long> ids, HandDecision decision, Actor actor, bool again, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var wanted = ids.Distinct().ToArray();
        // The first mail stands for its request: whatever happens to it happens to all.
        var first = await db.ContactRequestMails.Where(mail => EF.Parameter(wanted).Contains(mail.ContactRequestId)).GroupBy(mail => mail.ContactRequestId)
            .Select(group => new { RequestId = group.Key, StoredMailId = group.Min(mail => mail.StoredMailId) }).ToDictionaryAsync(row => row.StoredMailId, row => row.RequestId, cancel);
        var outcome = await decisions.ApplyAsync(first.Keys, decision, actor, again, cancel);
        if (outcome.Value is not { } results)
        {
            var faults = new Faults();
            foreach (var (field, texts) in outcome.Errors) foreach (var text in texts) faults.Add(field, text);
            return faults;
        }
        return results.ToDictionary(result => first[result.StoredMailId]);
    }
}
