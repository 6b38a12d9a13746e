using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes.Health;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Reads the communication log.</summary>
public sealed class CommunicationQueries(IDbContextFactory<HelpdeskDb> contexts, StorageTroubles storage, TimeProvider time)
{
    private const int MaxPageSize = 500;

    private readonly PatientSearch search = new(time);

    /// <summary>Rows without their entries; <see cref="CommunicationFilter.Text"/> is for <see cref="SearchAsync"/>.</summary>
    public async Task<Page<Communication>> ListAsync(CommunicationFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = Where(db.Communications.AsNoTracking(), filter);
        var total = await found.CountAsync(cancel);
        if (filter.After is { } after) found = After(found, after);
        var size = Math.Clamp(filter.PageSize, 1, MaxPageSize);
        return new Page<Communication>(await WithoutEntries(Sort(found, filter).Skip((Math.Max(filter.Page, 1) - 1) * size).Take(size)).ToListAsync(cancel), total);
    }

    /// <summary>Rows with certain words, newest first, without their entries; looks back in time until it takes too long. Sort and page don't matter.</summary>
    public async Task<SearchedPart<Communication>> SearchAsync(CommunicationFilter filter, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = db.Communications.AsNoTracking();
        if (filter.From is { } from) rows = rows.Where(row => row.StartedAt >= from);
        if (filter.To is { } to) rows = rows.Where(row => row.StartedAt < to);
        // The rest is looked at row by row: who looks for words in "failed" wants those of today first.
        var rest = filter with { From = null, To = null };
        var words = filter.Text?.Trim() ?? "";
        return await search.FindAsync(
            filter.After, Math.Clamp(filter.PageSize, 1, MaxPageSize), after => NewestFirst(after is null ? rows : After(rows, after)), stretch => WithoutEntries(NewestFirst(Matching(Where(stretch, rest), words))),
            row => new ListPosition(row.StartedAt, row.Id), cancel);
    }

    /// <summary>One communication with its entries.</summary>
    public async Task<Communication?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Communications.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
    }

    /// <summary>The dashboard's figures over the filter's time range; the accounts' states are those of now.</summary>
    public async Task<CommunicationSummary> SummaryAsync(DateTime from, DateTime to, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var range = db.Communications.Where(row => row.StartedAt >= from && row.StartedAt < to);
        var byStatus = await range.GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
        var average = await range.Where(row => row.Kind == CommunicationKind.Message && row.Duration != null).AverageAsync(row => row.Duration, cancel);
        var unwritten = storage.Mailboxes.ToArray();
        var mailboxes = await db.Mailboxes.Where(mailbox => mailbox.Validity == Mailboxes.Validity.Valid).GroupBy(mailbox => mailbox.Status.ErrorStreak > 0 || EF.Parameter(unwritten).Contains(mailbox.Id)).Select(group => new { InError = group.Key, Count = group.Count() }).ToListAsync(cancel);
        var accounts = await db.OutboundAccounts.Select(account => new { account.LastErrorAt, account.LastSuccessAt }).ToListAsync(cancel);
        var failing = accounts.Count(account => account.LastErrorAt is { } error && !(account.LastSuccessAt > error));
        return new CommunicationSummary(
            byStatus.GetValueOrDefault(CommunicationStatus.Successful),
            byStatus.GetValueOrDefault(CommunicationStatus.Warning),
            byStatus.GetValueOrDefault(CommunicationStatus.Failed),
            byStatus.GetValueOrDefault(CommunicationStatus.Processing),
            average,
            mailboxes.Where(row => !row.InError).Sum(row => row.Count) + accounts.Count - failing,
            mailboxes.Where(row => row.InError).Sum(row => row.Count) + failing);
    }

    /// <summary>Names of all accounts that occur, for the filter.</summary>
    public async Task<IReadOnlyList<string>> AccountsAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Communications.Select(row => row.Account).Distinct().OrderBy(account => account).ToListAsync(cancel);
    }

    private static IQueryable<Communication> Where(IQueryable<Communication> rows, CommunicationFilter filter)
    {
        if (filter.From is { } from) rows = rows.Where(row => row.StartedAt >= from);
        if (filter.To is { } to) rows = rows.Where(row => row.StartedAt < to);
        if (filter.Account is { Length: > 0 } account) rows = rows.Where(row => row.Account == account);
        if (filter.Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
        if (filter.Direction is { } direction) rows = rows.Where(row => row.Direction == direction);
        if (filter.Status is { } status) rows = rows.Where(row => row.Status == status);
        if (filter.Level is { } level) rows = rows.Where(row => row.Level >= level);
        if (filter.ConnectionId is { } connection) rows = rows.Where(row => row.ConnectionId == connection);
        return rows;
    }

    private static IQueryable<Communication> Matching(IQueryable<Communication> rows, string text) =>
        rows.Where(row => TextSearch.Contains(row.Subject, text) || TextSearch.Contains(row.Sender, text) || TextSearch.Contains(row.Recipient, text) || TextSearch.Contains(row.Summary, text) || TextSearch.Contains(row.Account, text));

    private static IQueryable<Communication> After(IQueryable<Communication> rows, ListPosition after) => rows.Where(row => row.StartedAt <= after.At && (row.StartedAt < after.At || row.Id < after.Id));

    private static IQueryable<Communication> NewestFirst(IQueryable<Communication> rows) => rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id);

    private static IQueryable<Communication> WithoutEntries(IQueryable<Communication> rows) => rows.Select(row => new Communication
    {
        Id = row.Id,
        Kind = row.Kind,
        Direction = row.Direction,
        Status = row.Status,
        Account = row.Account,
        MailboxId = row.MailboxId,
        OutboundAccountId = row.OutboundAccountId,
        ConnectionId = row.ConnectionId,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        Duration = row.Duration,
        Level = row.Level,
        Summary = row.Summary,
        Sender = row.Sender,
        Recipient = row.Recipient,
        Subject = row.Subject,
        StoredMailId = row.StoredMailId,
        OutboxMailId = row.OutboxMailId,
        TicketId = row.TicketId,
    });

    private static IQueryable<Communication> Sort(IQueryable<Communication> rows, CommunicationFilter filter) => (filter.Sort, filter.Ascending) switch
    {
        (CommunicationSort.Started, true) => rows.OrderBy(row => row.StartedAt).ThenBy(row => row.Id),
        (CommunicationSort.Started, false) => rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id),
        (CommunicationSort.Duration, true) => rows.OrderBy(row => row.Duration).ThenBy(row => row.Id),
        (CommunicationSort.Duration, false) => rows.OrderByDescending(row => row.Duration).ThenByDescending(row => row.Id),
        (CommunicationSort.Account, true) => rows.OrderBy(row => row.Account).ThenBy(row => row.StartedAt),
        (CommunicationSort.Account, false) => rows.OrderByDescending(row => row.Account).ThenByDescending(row => row.StartedAt),
        (CommunicationSort.Status, true) => rows.OrderBy(row => row.Status).ThenBy(row => row.StartedAt),
        (CommunicationSort.Status, false) => rows.OrderByDescending(row => row.Status).ThenByDescending(row => row.StartedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };
}

/// <param name="AverageMilliseconds">Average duration of finished messages; null where there were none.</param>
public sealed record CommunicationSummary(int Successful, int Warnings, int Failed, int InProgress, double? AverageMilliseconds, int AccountsOk, int AccountsInError);
