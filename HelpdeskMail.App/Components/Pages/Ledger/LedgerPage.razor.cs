using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Ledger;

/// <summary>A mailbox's ledger: the proof at the top, every message below. All of the choice is in the URL; days are UTC's, as the ledger keeps them.</summary>
public sealed partial class LedgerPage(MailboxDirectory mailboxes, LedgerQueries ledger, Reconciler reconciler, NavigationManager navigation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Loader<LedgerView>? loader;
    private LedgerFilter filter = new();
    private bool running;
    private bool busy;
    private FetchError? error;

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Reason { get; set; }

    [SupplyParameterFromQuery] public string? From { get; set; }

    [SupplyParameterFromQuery] public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private bool IsFiltered => filter.Text is not null || filter.State is not null || filter.Reason is not null || filter.From is not null || filter.To is not null;

    private IReadOnlyList<Choice<string>> StateChoices => [new("", T["Any"]), .. Enum.GetValues<LedgerState>().Select(state => new Choice<string>(state.ToString().ToLowerInvariant(), T[$"State.{state}"]))];

    protected override void OnParametersSet() => filter = new LedgerFilter
    {
        Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        State = Enum.TryParse<LedgerState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
        Reason = Reason is { Length: > 0 } reason ? reason : null,
        From = Day(From),
        To = Day(To)?.AddDays(1),
        After = PagePosition.Read(PageText),
    };

    private async Task<LedgerView?> LoadAsync(CancellationToken cancel)
    {
        if (await mailboxes.GetAsync(Id, cancel) is not { } mailbox) return null;
        var summary = await ledger.SummaryAsync(Id, cancel);
        return new(mailbox, summary, await ledger.ReconciliationAsync(Id, cancel), await ledger.ListAsync(Id, filter, summary.Counts, cancel));
    }

    private async Task ReconcileAsync()
    {
        (running, busy, error) = (true, false, null);
        try
        {
            var actor = await Authentication!.ActorAsync();
            var result = await Task.Run(() => reconciler.RunAsync(Id, actor, Patience));
            (busy, error) = (result is null, result?.Error);
        }
        finally
        {
            running = false;
        }
        if (loader is not null) await loader.ReloadAsync();
    }

    private IReadOnlyList<Choice<string>> ReasonChoices(LedgerView view) =>
        [new("", T["Any"]), .. view.Summary.Counts.Select(row => row.Reason).OfType<string>().Union(filter.Reason is { } chosen ? [chosen] : []).Order(StringComparer.Ordinal).Select(reason => new Choice<string>(reason, ReasonText(reason)))];

    private string ReasonText(string reason) => T[$"Reason.{reason}"] is { ResourceNotFound: false } text ? text.Value : reason;

    private void SetDate(string name, ChangeEventArgs change) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = change.Value?.ToString() is { Length: > 0 } date ? date : null, ["page"] = null }));

    private static DateTime? Day(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) ? day : null;
}
