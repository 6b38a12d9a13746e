using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Deliveries;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Undelivered;

/// <summary>What came back of sent mail, what somebody complains of, and what else was heard. All of the choice is in the URL.</summary>
public sealed partial class UndeliveredList(NewsQueries news, NewsDesk desk)
{
    private static readonly NewsState?[] States = [NewsState.Open, NewsState.Seen, NewsState.Waiting, NewsState.Noted, NewsState.Unknown, null];
    private readonly HashSet<long> chosen = [];
    private Loader<NewsPart>? loader;
    private NewsFilter filter = new();
    private IReadOnlyList<long> made = [];
    private string announcement = "";
    private bool busy;

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Show { get; set; }

    [SupplyParameterFromQuery] public string? By { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private bool CanChoose => filter.State is NewsState.Open or NewsState.Unknown;

    protected override async Task OnParametersSetAsync() => filter = new NewsFilter
    {
        Address = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        State = States.Where(state => ShowOf(state) == Show).DefaultIfEmpty(NewsState.Open).First(),
        AuthorId = By == "me" && Authentication is not null ? (await Authentication.ActorAsync()).Id : null,
        After = PagePosition.Read(PageText)?.Id,
    };

    private async Task<NewsPart?> LoadAsync(CancellationToken cancel)
    {
        var part = await news.ListAsync(filter, cancel);
        chosen.IntersectWith(part.Items.Select(row => row.News.Id)); // what is not to be seen is not acted on
        return part;
    }

    private void Choose(long id, bool wanted)
    {
        if (wanted) chosen.Add(id);
        else chosen.Remove(id);
    }

    private void ChooseAll(NewsPart part, bool wanted)
    {
        foreach (var row in part.Items) Choose(row.News.Id, wanted);
    }

    private async Task AcknowledgeAsync()
    {
        if (Authentication is null || chosen.Count == 0) return;
        busy = true;
        var count = await desk.AcknowledgeAsync([.. chosen], await Authentication.ActorAsync());
        (busy, made, announcement) = (false, [], T["Acknowledged", count]);
        chosen.Clear();
        if (loader is not null) await loader.ReloadAsync();
    }

    private async Task MakeTicketsAsync()
    {
        if (Authentication is null || chosen.Count == 0) return;
        busy = true;
        made = await desk.MakeTicketsAsync([.. chosen], await Authentication.ActorAsync());
        (busy, announcement) = (false, T["TicketsMade", made.Count]);
        chosen.Clear();
        if (loader is not null) await loader.ReloadAsync();
    }

    private string Address(DeliveryNews item) => item.Address.Length > 0 ? item.Address : T["Nobody"];

    private static string? Href(DeliveryNews item) => item.TicketId is { } ticket ? $"tickets/{ticket}{(item.TicketMessageId is { } message ? $"#message-{message}" : "")}" : null;

    private static string ShowOf(NewsState? state) => state switch
    {
        NewsState.Open => "",
        NewsState.Seen => "seen",
        NewsState.Waiting => "delayed",
        NewsState.Noted => "other",
        NewsState.Unknown => "unknown",
        _ => "all",
    };

    private static string? Look(NewsKind kind) => kind switch
    {
        NewsKind.Failed or NewsKind.Complaint => "state-bad",
        NewsKind.Delayed => "state-warn",
        _ => "state-ok",
    };

    private static string Symbol(NewsKind kind) => kind switch
    {
        NewsKind.Failed => "unsubscribe",
        NewsKind.Delayed => "schedule_send",
        NewsKind.Relayed => "forward",
        NewsKind.Delivered => "done_all",
        NewsKind.Expanded => "groups",
        NewsKind.Read => "drafts",
        NewsKind.Deleted => "delete_outline",
        NewsKind.Processed => "smart_toy",
        _ => "report",
    };
}
