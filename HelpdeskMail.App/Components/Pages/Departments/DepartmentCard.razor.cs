using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Departments;

/// <summary>One department with its queues; edits them in place.</summary>
public sealed partial class DepartmentCard(DepartmentDirectory departments, DepartmentEditor editor, DialogService dialogs, NotificationService notifications)
{
    private DepartmentDraft? department;
    private QueueDraft? queue;
    private string? fault;
    private string? faultTitle;

    [Parameter, EditorRequired] public DepartmentRow Row { get; set; } = null!;

    [Parameter] public DepartmentChoices Choices { get; set; } = DepartmentChoices.None;

    [Parameter] public EventCallback Changed { get; set; }

    // Null: somebody else has just removed it, and the list is out of date.
    private async Task EditDepartmentAsync()
    {
        department = await departments.DepartmentDraftAsync(Row.Id);
        if (department is null) await Changed.InvokeAsync();
    }

    private async Task EditQueueAsync(QueueRow row)
    {
        queue = await departments.QueueDraftAsync(row.Id);
        if (queue is null) await Changed.InvokeAsync();
    }

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
