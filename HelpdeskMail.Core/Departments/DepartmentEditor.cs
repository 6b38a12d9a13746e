using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Departments;

/// <summary>Saves and removes departments and queues. Nothing that is in use can be removed; the fault says by what.</summary>
public sealed class DepartmentEditor(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<Outcome<long>> SaveDepartmentAsync(DepartmentDraft draft, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<Outcome<bool>> RemoveDepartmentAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<Outcome<long>> SaveQueueAsync(QueueDraft draft, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<Outcome<bool>> RemoveQueueAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
