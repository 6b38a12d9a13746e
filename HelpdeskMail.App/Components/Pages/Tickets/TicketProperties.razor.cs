using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Tickets;

public sealed partial class TicketProperties(TicketEditor editor, ILogger<TicketProperties> logger)
{
    private IReadOnlyList<Choice<TicketState>> states = [];
    private IReadOnlyList<Choice<TicketPriority>> priorities = [];
    private IReadOnlyList<Choice<string>> owners = [];
    private IReadOnlyList<Choice<long>> queues = [];
    private string? problem;
    private bool busy;

    [Parameter, EditorRequired] public TicketRow Ticket { get; set; } = null!;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = Actor.System;

    [Parameter] public IReadOnlyList<OwnerChoice> Owners { get; set; } = [];

    [Parameter] public IReadOnlyList<QueueChoice> Queues { get; set; } = [];

    [Parameter] public EventCallback Changed { get; set; }

    private string? Me => Actor.Id;

    protected override void OnParametersSet()
    {
        // A merged ticket can be reopened, but merging is not a choice of this list.
        states = [.. Enum.GetValues<TicketState>().Where(state => state != TicketState.Merged || Ticket.State == TicketState.Merged).Select(state => new Choice<TicketState>(state, T[$"State.{state}"]))];
        priorities = [.. Enum.GetValues<TicketPriority>().Reverse().Select(priority => new Choice<TicketPriority>(priority, T[$"Priority.{priority}"]))];
        owners = [new("", T["Nobody"]), .. Owners.Select(owner => new Choice<string>(owner.Id, owner.Name))];
        if (Ticket.OwnerId is { } gone && !Owners.Any(owner => owner.Id == gone)) owners = [.. owners, new(gone, Ticket.Owner ?? gone)];
        queues = [.. Queues.Select(queue => new Choice<long>(queue.Id, queue.Name, Group: queue.Department))];
    }

    private async Task ChangeAsync(TicketChange change)
    {
        if (busy) return;
        busy = true;
        problem = null;
        try
        {
            var outcome = await editor.ChangeAsync(Ticket.Id, change, Actor);
            if (!outcome.Ok) problem = string.Join(' ', outcome.Errors.SelectMany(pair => pair.Value));
        }
        catch (Exception fault)
        {
            LogNotChanged(logger, fault);
            problem = T["NotChanged"];
        }
        finally
        {
            busy = false;
        }

        await Changed.InvokeAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A ticket could not be changed")]
    private static partial void LogNotChanged(ILogger logger, Exception fault);
}
