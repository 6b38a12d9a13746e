using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>What the URL of the ticket list says, read leniently: a value that makes no sense restricts nothing.</summary>
/// <param name="State">A state's name in lower case, "all", or null for those that still want something done.</param>
/// <param name="Owner">"me", "none", a user id, or null for anybody.</param>
internal sealed record TicketListQuery(string? Text, long? Queue, string? State, string? Owner, TicketSort Sort, bool Ascending, int Page)
{
    public const int PageSize = 50;

    public static TicketListQuery Read(string? text, long? queue, string? state, string? owner, string? sort, string? direction, int? page) => new(
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        queue,
        state == "all" || StateOf(state) is not null ? state : null,
        string.IsNullOrEmpty(owner) ? null : owner,
        Enum.TryParse<TicketSort>(sort, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : TicketSort.Updated,
        direction == "asc",
        Math.Clamp(page ?? 1, 1, 1_000_000));

    public bool IsFiltered => Text is not null || Queue is not null || State is not null || Owner is not null;

    /// <param name="me">The viewer's user id.</param>
    public TicketFilter ToFilter(string? me) => new()
    {
        Text = Text,
        QueueId = Queue,
        AllStates = State == "all",
        States = StateOf(State) is { } state ? [state] : [],
        Owner = Owner == "me" ? me ?? "none" : Owner,
        Sort = Sort,
        Ascending = Ascending,
        Page = Page,
        PageSize = PageSize,
    };

    private static TicketState? StateOf(string? name) =>
        name is { Length: > 0 } && char.IsAsciiLetterLower(name[0]) && Enum.TryParse<TicketState>(name, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;
}
