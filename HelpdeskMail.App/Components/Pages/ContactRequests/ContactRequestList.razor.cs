using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.ContactRequests;

/// <summary>Mail that mailboxes hold (V6): read it, make a ticket of it, put it to one, or dismiss it; one or many at once.</summary>
public sealed partial class ContactRequestList(ContactRequestQueries requests, DepartmentDirectory departments, MailboxDirectory mailboxes, NavigationManager navigation)
{
    private const int PageSize = 50;

    private readonly HashSet<long> chosen = [];
    private Loader<ContactRequestView>? loader;
    private ContactRequestOutcome? outcome;
    private IReadOnlyList<HeldMailView>? mails;
    private long? opened;

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    /// <summary>Null: open.</summary>
    [SupplyParameterFromQuery] public string? State { get; set; }

    /// <summary>"ticks.id" of the row before.</summary>
    [SupplyParameterFromQuery] public string? Before { get; set; }

    private bool IsFiltered => Text is { Length: > 0 } || State is { Length: > 0 } || Before is not null;

    /// <summary>Null: all.</summary>
    private ContactRequestState? Shown => State == "all" ? null : Enum.TryParse<ContactRequestState>(State, ignoreCase: true, out var state) ? state : ContactRequestState.Open;

    private IReadOnlyList<Choice<string>> StateChoices =>
        [new("", T["State.Open"]), new("ticket", T["State.Ticket"]), new("appended", T["State.Appended"]), new("dismissed", T["State.Dismissed"]), new("all", T["State.All"])];

    protected override void OnParametersSet() => chosen.Clear();

    private async Task<ContactRequestView?> LoadAsync(CancellationToken cancel)
    {
        var filter = new ContactRequestFilter(Shown, Text, Position(Before), PageSize);
        var searching = !string.IsNullOrWhiteSpace(Text);
        var searched = searching ? await requests.SearchAsync(filter, cancel) : null;
        var listed = searching ? null : await requests.ListAsync(filter with { PageSize = PageSize + 1 }, cancel);
        var rows = searched?.Items ?? [.. listed!.Items.Take(PageSize)];
        chosen.IntersectWith(rows.Where(row => row.TicketId is null).Select(row => row.Id));
        if (!rows.Any(row => row.Id == opened)) (opened, mails) = (null, null);
        var next = searched is not null ? searched.Next : listed!.Items.Count > PageSize ? new ListPosition(rows[^1].LastMailAt, rows[^1].Id) : null;
        return new ContactRequestView(rows, listed?.Total, next is null ? null : PagePosition.Write(next), searched?.SearchedTo, await departments.QueuesAsync(cancel), await mailboxes.AnyHoldsAsync(cancel));
    }

    private void Choose(long id, bool on)
    {
        if (on) chosen.Add(id);
        else chosen.Remove(id);
    }

    private void ChooseAll(ContactRequestView view, bool on)
    {
        chosen.Clear();
        if (on) chosen.UnionWith(view.Open.Select(row => row.Id));
    }

    private async Task OpenAsync(long id)
    {
        opened = opened == id ? null : id;
        mails = null;
        if (opened is not { } wanted) return;
        StateHasChanged();
        var found = await requests.MailsAsync(wanted);
        if (opened == wanted) mails = found;
    }

    private async Task DoneAsync(ContactRequestOutcome result)
    {
        outcome = result;
        chosen.Clear();
        if (loader is not null) await loader.ReloadAsync();
    }

    private string Handled(ContactRequestRow row) => T[$"Handled.{row.State}", row.HandledBy ?? "", row.DismissReason ?? ""];

    private string To(string? before) => navigation.GetUriWithQueryParameter("before", before);

    private static ListPosition? Position(string? text) =>
        text?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new ListPosition(new DateTime(at, DateTimeKind.Utc), row)
            : null;
}
