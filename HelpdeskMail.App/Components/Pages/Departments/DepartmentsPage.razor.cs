using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.App.Components.Pages.Departments;

public sealed partial class DepartmentsPage(DepartmentDirectory departments, OutboundAccountDirectory outbound, AddressDirectory addresses)
{
    private const int MostSenders = 500;

    private Loader<IReadOnlyList<DepartmentRow>>? loader;
    private DepartmentDraft? newDepartment;
    private DepartmentChoices choices = DepartmentChoices.None;

    private async Task<IReadOnlyList<DepartmentRow>?> LoadAsync(CancellationToken cancel)
    {
        var accounts = await outbound.ListAsync(null, cancel);
        var domains = await addresses.DomainsAsync(null, cancel);
        var senders = await addresses.SystemAddressesAsync(new AddressFilter(PageSize: MostSenders), cancel);
        choices = new DepartmentChoices(
            [new(null, T["OutboundNone"]), .. accounts.Select(row => new Choice<long?>(row.Id, $"{row.Name} ({row.Address})"))],
            [new(null, domains.FirstOrDefault(row => row.IsDefault) is { } standard ? T["DomainDefaultIs", standard.Domain] : T["DomainDefault"]), .. domains.Select(row => new Choice<long?>(row.Id, row.Domain))],
            [new(null, T["SenderNone"]), .. senders.Items.Where(row => row.Validity == Validity.Valid || row.UsedBy.Count > 0).Select(row => new Choice<long?>(row.Id, $"{row.DisplayName} ({row.Address})"))]);
        return await departments.ListAsync(cancel);
    }

    private Task ReloadAsync() => loader?.ReloadAsync() ?? Task.CompletedTask;

    private Task DepartmentDoneAsync(bool saved)
    {
        newDepartment = null;
        return saved ? ReloadAsync() : Task.CompletedTask;
    }
}
