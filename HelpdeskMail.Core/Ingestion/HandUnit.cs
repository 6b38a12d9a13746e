using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Mails that a person decides together: a mail alone, or all that belong to one open contact request.</summary>
internal sealed class HandUnit
{
    private readonly List<StoredMail> stored;
    private readonly long? requestId;
    private readonly List<HandResult> applied = [];

    private HandUnit(List<StoredMail> stored, long? requestId)
    {
        (this.stored, this.requestId) = (stored, requestId);
        Mails = stored.ConvertAll(mail => IncomingMail.Of(mail, mail.Raw!.Bytes));
    }

    public IReadOnlyList<IncomingMail> Mails { get; }

    public static async Task<List<HandUnit>> LoadAsync(HelpdeskDb db, long[] ids, bool again, CancellationToken cancel)
    {
        var requests = await db.ContactRequestMails.Where(mail => EF.Parameter(ids).Contains(mail.StoredMailId)).Select(mail => mail.ContactRequestId).Distinct().ToArrayAsync(cancel);
        var open = await (from mail in db.ContactRequestMails
                          join request in db.ContactRequests on mail.ContactRequestId equals request.Id
                          where EF.Parameter(requests).Contains(mail.ContactRequestId) && (request.State == ContactRequestState.Open || (again && request.State == ContactRequestState.Dismissed))
                          select new { mail.StoredMailId, RequestId = request.Id }).ToDictionaryAsync(row => row.StoredMailId, row => row.RequestId, cancel);
        var all = ids.Union(open.Keys).ToArray();
        var mails = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw).Where(mail => EF.Parameter(all).Contains(mail.Id)).OrderBy(mail => mail.Id).ToListAsync(cancel);
        return [.. mails.GroupBy(mail => open.TryGetValue(mail.Id, out var request) ? (Request: (long?)request, Mail: 0L) : (null, mail.Id)).Select(group => new HandUnit([.. group], group.Key.Request))];
    }

    /// <summary>True where nothing is to be done any more, or nothing may be; the results then say so.</summary>
    public bool IsSettled(HandDecision decision, bool again, Dictionary<long, HandResult> results)
    {
        var first = stored[0];
        var open = first.State == StoredMailState.Quarantined || requestId is not null
            || (again && first.State == StoredMailState.Decided && (first.Decision is DecisionKind.Ignore or DecisionKind.Refuse || first.Reason == DecisionReason.ReportOnUnknown));
        string? fault = null;
        if (!open) fault = IsDone(first, decision) ? null : Otherwise(first);
        else if (decision is HandDecision.Retry && requestId is not null) fault = "It is held as a contact request: make a ticket of it, append it to one or dismiss it.";
        else if (decision is HandDecision.MakeTicket or HandDecision.Append && Mails.FirstOrDefault(mail => mail.Mail is null) is { } unread) fault = unread.Fault;
        else return false;
        foreach (var mail in stored) results[mail.Id] = HandResult.Of(mail, fault);
        return true;
    }

    public void Apply(HandVerdict verdict)
    {
        Ticket? ticket = null;
        foreach (var mail in Mails)
        {
            (var decision, ticket) = verdict.Apply(mail, ticket);
            applied.Add(new HandResult(mail.StoredMailId, null, decision.Kind, null, decision.Sentence));
        }
        Ticket = ticket;
    }

    public Ticket? Ticket { get; private set; }

    public void Report(Dictionary<long, HandResult> results)
    {
        foreach (var result in applied) results[result.StoredMailId] = result with { TicketId = Ticket?.Id };
    }

    /// <summary>Closes the contact requests among the units.</summary>
    public static async Task CloseAsync(HelpdeskDb db, IEnumerable<HandUnit> units, HandDecision decision, Actor actor, DateTime now, CancellationToken cancel)
    {
        var (state, reason) = decision switch
        {
            HandDecision.MakeTicket => (ContactRequestState.Ticket, null),
            HandDecision.Append => (ContactRequestState.Appended, null),
            HandDecision.Dismiss dismiss => (ContactRequestState.Dismissed, MailText.Line(dismiss.Reason, HandDecisions.MaxReason)),
            HandDecision.Refuse => (ContactRequestState.Dismissed, "Refused with a notice."),
            _ => throw new InvalidOperationException($"Unknown decision {decision}."),
        };
        var by = MailText.Line(actor.Name, 200);
        foreach (var unit in units)
        {
            if (unit.requestId is not { } id) continue;
            var ticket = unit.Ticket?.Id;
            await db.ContactRequests.Where(request => request.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(request => request.State, state).SetProperty(request => request.HandledAt, now).SetProperty(request => request.HandledBy, by)
                    .SetProperty(request => request.DismissReason, reason).SetProperty(request => request.TicketId, ticket),
                cancel);
        }
    }

    /// <summary>The same by an earlier call: somebody clicked twice.</summary>
    private static bool IsDone(StoredMail mail, HandDecision decision) => mail.DecidedBy is not null && (decision, mail.Decision) switch
    {
        (HandDecision.MakeTicket, DecisionKind.CreateTicket) => true,
        (HandDecision.Append append, DecisionKind.AppendToTicket) => mail.TicketId == append.TicketId,
        (HandDecision.Refuse, DecisionKind.Refuse) => true,
        (HandDecision.Dismiss, DecisionKind.Ignore) => true,
        _ => false,
    };

    private static string Otherwise(StoredMail mail) => mail.State == StoredMailState.Stored
        ? "It is about to be decided by the program."
        : $"It has been decided meanwhile: {mail.Sentence}";
}
