using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Tickets.Contents;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Reads tickets for pages and the API.</summary>
public sealed class TicketQueries(IDbContextFactory<HelpdeskDb> contexts, MessageContents contents, TimeProvider time)
{
    private const int MaxPageSize = 500;

    public async Task<Page<TicketRow>> ListAsync(TicketFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = TicketSearch.Where(db, filter);
        var total = await found.CountAsync(cancel);
        if (filter.After is { } after) found = found.Where(ticket => ticket.UpdatedAt <= after.At && (ticket.UpdatedAt < after.At || ticket.Id < after.Id));
        var size = Math.Clamp(filter.PageSize, 1, MaxPageSize);
        var page = TicketSearch.Sort(found, filter).Skip((Math.Max(filter.Page, 1) - 1) * size).Take(size);
        return new Page<TicketRow>(await RowsAsync(db, page, cancel), total);
    }

    public async Task<TicketRow?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return (await RowsAsync(db, db.Tickets.Where(ticket => ticket.Id == id), cancel)).SingleOrDefault();
    }

    /// <summary>All messages of a ticket without their HTML, oldest first; with them those of tickets that were merged into it.</summary>
    public async Task<IReadOnlyList<MessageView>> ConversationAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await ReadAsync(db, ticketId, cancel);
    }

    /// <summary>Tickets that were merged into this one, by number.</summary>
    public async Task<IReadOnlyList<MergedTicket>> MergedAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Tickets.Where(ticket => ticket.MergedIntoId == ticketId).OrderBy(ticket => ticket.Id).Take(MaxPageSize).Select(ticket => new MergedTicket(ticket.Id, ticket.Number, ticket.Subject)).ToListAsync(cancel);
    }

    /// <summary>The same with their HTML.</summary>
    public async Task<IReadOnlyList<MessageView>> MessagesAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await WithHtmlAsync(db, await ReadAsync(db, ticketId, cancel), cancel);
    }

    public async Task<MessageView?> MessageAsync(long messageId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return (await WithHtmlAsync(db, await MessageReader.ReadAsync(db, db.TicketMessages.Where(message => message.Id == messageId), cancel), cancel)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<TicketEvent>> EventsAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.TicketEvents.AsNoTracking().Where(line => line.TicketId == ticketId).OrderBy(line => line.Id).ToListAsync(cancel);
    }

    /// <summary>A ticket's free fields by name.</summary>
    public async Task<IReadOnlyList<TicketField>> FieldsAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.TicketFields.AsNoTracking().Where(field => field.TicketId == ticketId).OrderBy(field => field.Name).ToListAsync(cancel);
    }

    /// <summary>Users that may own tickets, by name.</summary>
    public async Task<IReadOnlyList<OwnerChoice>> OwnersAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var users = await db.Users.Select(user => new { user.Id, user.DisplayName, user.UserName }).ToListAsync(cancel);
        return [.. users.Select(user => new OwnerChoice(user.Id, user.DisplayName.Length > 0 ? user.DisplayName : user.UserName ?? user.Id)).OrderBy(owner => owner.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<List<MessageView>> ReadAsync(HelpdeskDb db, long ticketId, CancellationToken cancel)
    {
        var merged = await db.Tickets.Where(ticket => ticket.MergedIntoId == ticketId).Select(ticket => ticket.Id).Take(MaxPageSize).ToListAsync(cancel);
        if (merged.Count == 0) return await MessageReader.ReadAsync(db, db.TicketMessages.Where(message => message.TicketId == ticketId), cancel);
        var ids = merged.Append(ticketId).ToArray();
        return await MessageReader.ReadAsync(db, db.TicketMessages.Where(message => EF.Parameter(ids).Contains(message.TicketId)), cancel);
    }

    private async Task<List<MessageView>> WithHtmlAsync(HelpdeskDb db, List<MessageView> views, CancellationToken cancel)
    {
        var found = await contents.OfAsync(db, views.FindAll(view => view.HasHtml).ConvertAll(view => view.Id), cancel);
        return views.ConvertAll(view => view.HasHtml ? view with { Html = found.GetValueOrDefault(view.Id)?.Html } : view);
    }

    private async Task<List<TicketRow>> RowsAsync(HelpdeskDb db, IQueryable<Ticket> tickets, CancellationToken cancel)
    {
        var since = time.GetUtcNow().UtcDateTime - SentMails.Recent;
        var rows = await tickets.Select(ticket => new
        {
            Ticket = ticket,
            Queue = ticket.Queue!.Name,
            ticket.Queue.Color,
            Department = ticket.Queue.Department!.Name,
            Owner = db.Users.Where(user => user.Id == ticket.OwnerId).Select(user => user.DisplayName != "" ? user.DisplayName : user.UserName).FirstOrDefault(),
            CustomerName = ticket.Customer!.Name,
            CustomerAddress = ticket.Customer.Address,
            Open = db.DeliveryNews.Any(news => news.TicketId == ticket.Id && news.State == NewsState.Open),
            Waiting = db.DeliveryNews.Any(news => news.TicketId == ticket.Id && news.State == NewsState.Waiting && news.At > since),
            LastNews = db.DeliveryNews.Where(news => news.TicketId == ticket.Id).Max(news => (long?)news.Id),
            Undeliverable = db.FailingAddresses.Any(row => row.Address == ticket.Customer!.Address && row.UndeliverableSince != null),
            HasBounce = db.TicketMessages.Any(message => message.TicketId == ticket.Id && message.BounceAddress != null),
        }).AsNoTracking().ToListAsync(cancel);
        var ids = rows.Select(row => row.Ticket.Id).ToArray();
        var tags = (await db.TicketTags.AsNoTracking().Where(tag => EF.Parameter(ids).Contains(tag.TicketId)).ToListAsync(cancel)).ToLookup(tag => tag.TicketId, tag => tag.Tag);
        return rows.ConvertAll(row => new TicketRow(
            row.Ticket.Id, row.Ticket.Number, row.Ticket.Subject, row.Ticket.State, row.Ticket.Priority, row.Ticket.QueueId, row.Queue, row.Color, row.Department,
            row.Ticket.OwnerId, row.Owner, row.CustomerName, row.CustomerAddress, row.Ticket.CreatedAt, row.Ticket.UpdatedAt, row.Ticket.MessageCount, row.HasBounce,
            [.. tags[row.Ticket.Id].Order(StringComparer.OrdinalIgnoreCase)], row.Ticket.MergedIntoId)
        {
            Mark = row.Open ? DeliveryMark.Failed : row.Waiting ? DeliveryMark.Delayed : DeliveryMark.None,
            LastNewsId = row.LastNews,
            CustomerUndeliverable = row.Undeliverable,
        });
    }
}
