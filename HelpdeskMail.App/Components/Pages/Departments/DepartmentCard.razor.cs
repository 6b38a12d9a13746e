using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Departments;

/// <summary>One department with its queues; edits them in place.</summary>
public sealed partial class DepartmentCard(DepartmentEditor editor, DialogService dialogs, NotificationService notifications)
{
    private DepartmentDraft? department;
    private QueueDraft? queue;
    private string? fault;
    private string? faultTitle;

    [Parameter, EditorRequired] public DepartmentRow Row { get; set; } = null!;

    [Parameter] public IReadOnlyList<Choice<long?>> Accounts { get; set; } = [];

    [Parameter] public EventCallback Changed { get; set; }

    private void EditDepartment() => department = new DepartmentDraft { Id = Row.Id, Name = Row.Name, OutboundAccountId = Row.OutboundAccountId };

    private void EditQueue(QueueRow row) =>
        queue = new QueueDraft { Id = row.Id, DepartmentId = Row.Id, Name = row.Name, Color = row.Color, ClosedTicketPolicy = row.ClosedTicketPolicy };

    private Task DoneAsync(bool saved)
    {
        (department, queue) = (null, null);
        return saved ? Changed.InvokeAsync() : Task.CompletedTask;
    }

    private Task RemoveDepartmentAsync() => RemoveAsync(Row.Name, T["RemoveDepartmentText"], () => editor.RemoveDepartmentAsync(Row.Id));

    private Task RemoveQueueAsync(QueueRow row) => RemoveAsync(row.Name, T["RemoveQueueText"], () => editor.RemoveQueueAsync(row.Id));

    private async Task RemoveAsync(string name, string note, Func<Task<Outcome<bool>>> remove)
    {
        fault = null;
        var sure = await dialogs.Confirm(note, T["RemoveTitle", name], new ConfirmOptions { OkButtonText = T["Remove"], CancelButtonText = T["Cancel"] });
        if (sure is not true) return;
        var outcome = await remove();
        if (!outcome.Ok)
        {
            faultTitle = T["NotRemoved", name];
            fault = string.Join(' ', outcome.Errors.Values.SelectMany(texts => texts));
            return;
        }

        notifications.Notify(NotificationSeverity.Success, T["Removed", name]);
        await Changed.InvokeAsync();
    }
}
