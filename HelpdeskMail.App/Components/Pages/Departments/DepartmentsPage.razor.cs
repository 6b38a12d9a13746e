using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.App.Components.Pages.Departments;

public sealed partial class DepartmentsPage(DepartmentDirectory departments, OutboundAccountDirectory outbound)
{
    private Loader<IReadOnlyList<DepartmentRow>>? loader;
    private DepartmentDraft? newDepartment;
    private IReadOnlyList<Choice<long?>> accounts = [];

    private async Task<IReadOnlyList<DepartmentRow>?> LoadAsync(CancellationToken cancel)
    {
        var rows = await outbound.ListAsync(null, cancel);
        accounts = [new(null, T["OutboundNone"]), .. rows.Select(row => new Choice<long?>(row.Id, $"{row.Name} ({row.Address})"))];
        return await departments.ListAsync(cancel);
    }

    private Task ReloadAsync() => loader?.ReloadAsync() ?? Task.CompletedTask;

    private Task DepartmentDoneAsync(bool saved)
    {
        newDepartment = null;
        return saved ? ReloadAsync() : Task.CompletedTask;
    }
}
