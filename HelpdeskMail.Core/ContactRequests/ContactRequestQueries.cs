using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.ContactRequests;

/// <summary>Reads contact requests, newest mail first.</summary>
public sealed class ContactRequestQueries(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxPageSize = 500;

    private readonly PatientSearch search = new(time);

    /// <summary><see cref="ContactRequestFilter.Text"/> is for <see cref="SearchAsync"/>.</summary>
    public async Task<Page<ContactRequestRow>> ListAsync(ContactRequestFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = InState(db, filter);
        var total = await found.CountAsync(cancel);
        var page = NewestFirst(After(found, filter.After)).Take(Math.Clamp(filter.PageSize, 1, MaxPageSize));
        return new Page<ContactRequestRow>(await Rows(db, page).ToListAsync(cancel), total);
    }

    /// <summary>Requests with certain words, newest first; looks back in time until it takes too long.</summary>
    public async Task<SearchedPart<ContactRequestRow>> SearchAsync(ContactRequestFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (rows, words) = (InState(db, filter), filter.Text?.Trim() ?? "");
        var found = await search.FindAsync(
            filter.After, Math.Clamp(filter.PageSize, 1, MaxPageSize), after => NewestFirst(After(rows, after)),
            stretch => NewestFirst(stretch.Where(request => TextSearch.Contains(request.FromAddress, words) || TextSearch.Contains(request.FromName!, words) || TextSearch.Contains(request.Subject, words))),
            request => new ListPosition(request.LastMailAt, request.Id), cancel);
        var ids = found.Items.Select(request => request.Id).ToArray();
        var shown = ids.Length == 0 ? [] : await Rows(db, db.ContactRequests.AsNoTracking().Where(request => EF.Parameter(ids).Contains(request.Id))).ToListAsync(cancel);
        return new(shown, found.Next, found.SearchedTo);
    }

    public async Task<ContactRequestRow?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Rows(db, db.ContactRequests.AsNoTracking().Where(request => request.Id == id)).FirstOrDefaultAsync(cancel);
    }

    /// <summary>How many wait for somebody; the navigation shows it.</summary>
    public async Task<int> OpenAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ContactRequests.CountAsync(request => request.State == ContactRequestState.Open, cancel);
    }

    /// <summary>The mails of a request, oldest first, read from their raw bytes.</summary>
    public async Task<IReadOnlyList<HeldMailView>> MailsAsync(long id, CancellationToken cancel = default)
    {
        const int most = 50;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var ids = await db.ContactRequestMails.Where(mail => mail.ContactRequestId == id).OrderBy(mail => mail.Id).Take(most).Select(mail => mail.StoredMailId).ToArrayAsync(cancel);
        var views = new List<HeldMailView>(ids.Length);
        foreach (var storedMailId in ids) // one by one: raw mails may be large
        {
            var stored = await db.StoredMails.AsNoTracking().Where(mail => mail.Id == storedMailId).Select(mail => new { mail.StoredAt, mail.Raw!.Bytes }).FirstOrDefaultAsync(cancel);
            if (stored is null || MailReader.TryRead(stored.Bytes).Mail is not { } mail) continue;
            views.Add(new HeldMailView(storedMailId, mail.From.Name, mail.From.Address, mail.Subject, mail.Date ?? stored.StoredAt, mail.Text, [.. mail.Attachments.Select(file => file.Name)]));
        }
        return views;
    }

    private static IQueryable<ContactRequest> InState(HelpdeskDb db, ContactRequestFilter filter) =>
        filter.State is { } state ? db.ContactRequests.AsNoTracking().Where(request => request.State == state) : db.ContactRequests.AsNoTracking();

    private static IQueryable<ContactRequest> After(IQueryable<ContactRequest> requests, ListPosition? position) =>
        position is { } after ? requests.Where(request => request.LastMailAt <= after.At && (request.LastMailAt < after.At || request.Id < after.Id)) : requests;

    private static IQueryable<ContactRequest> NewestFirst(IQueryable<ContactRequest> requests) => requests.OrderByDescending(request => request.LastMailAt).ThenByDescending(request => request.Id);

    private static IQueryable<ContactRequestRow> Rows(HelpdeskDb db, IQueryable<ContactRequest> requests) =>
        from request in requests
        orderby request.LastMailAt descending, request.Id descending
        join queue in db.Queues on request.QueueId equals queue.Id
        join mailbox in db.Mailboxes on request.MailboxId equals mailbox.Id into mailboxes
        from mailbox in mailboxes.DefaultIfEmpty()
        join ticket in db.Tickets on request.TicketId equals ticket.Id into tickets
        from ticket in tickets.DefaultIfEmpty()
        select new ContactRequestRow(
            request.Id, request.State, request.FromName, request.FromAddress, request.Subject, request.Preview, request.MailCount, request.CreatedAt, request.LastMailAt,
            mailbox == null ? null : mailbox.Name, request.QueueId, queue.Name, queue.Color, request.HandledAt, request.HandledBy, request.DismissReason,
            request.TicketId, ticket == null ? null : ticket.Number);
}
