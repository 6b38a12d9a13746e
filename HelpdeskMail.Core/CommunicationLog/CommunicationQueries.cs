using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Reads the communication log.</summary>
public sealed class CommunicationQueries(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Rows without their entries.</summary>
    public Task<Page<Communication>> ListAsync(CommunicationFilter filter, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>One communication with its entries.</summary>
    public Task<Communication?> GetAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>The dashboard's figures over the filter's time range.</summary>
    public Task<CommunicationSummary> SummaryAsync(DateTime from, DateTime to, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>Names of all accounts that occur, for the filter.</summary>
    public Task<IReadOnlyList<string>> AccountsAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}

/// <param name="AverageMilliseconds">Average duration of finished messages; null where there were none.</param>
public sealed record CommunicationSummary(int Successful, int Warnings, int Failed, int InProgress, double? AverageMilliseconds, int AccountsOk, int AccountsInError);
