using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Replay;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Replay;

/// <summary>Decides mails again: chosen ones ("mails" in the URL) or those of a mailbox and a time. A big range is gone through part by part, as long as
/// the page is open and until there is enough to look at.</summary>
public sealed partial class ReplayPage(Replayer replayer, MailboxDirectory mailboxes, NavigationManager navigation, ILogger<ReplayPage> logger) : IDisposable
{
    private const int Enough = 200;

    private readonly CancellationTokenSource gone = new();
    private readonly List<ReplayDifference> differences = [];
    private readonly HashSet<long> chosen = [];
    private IReadOnlyList<Choice<string>> mailboxChoices = [];
    private IReadOnlyList<long> ids = [];
    private bool looking;
    private bool applying;
    private bool broke;
    private bool stop;
    private int? examined;
    private long? next;
    private DateTime? reached;
    private IReadOnlyList<ReplayResult>? results;

    /// <summary>Ids of stored mails, separated by commas.</summary>
    [SupplyParameterFromQuery] public string? Mails { get; set; }

    [SupplyParameterFromQuery] public string? Mailbox { get; set; }

    [SupplyParameterFromQuery] public string? From { get; set; }

    [SupplyParameterFromQuery] public string? To { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private IEnumerable<ReplayDifference> Appliable => differences.Where(item => item.Effect != ReplayEffect.LeaveAlone);

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync() =>
        mailboxChoices = [new("", T["AllMailboxes"]), .. (await mailboxes.ListAsync()).Select(row => new Choice<string>(row.Id.ToString(CultureInfo.InvariantCulture), row.Name))];

    protected override void OnParametersSet() =>
        ids = [.. (Mails ?? "").Split(',').Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Take(Replayer.MaxIds)];

    private void Stop() => stop = true;

    private async Task PreviewAsync()
    {
        if (looking) return;
        differences.Clear();
        chosen.Clear();
        (looking, broke, stop, examined, next, reached, results) = (true, false, false, 0, null, null, null);
        var scope = new ReplayScope(ids.Count > 0 ? ids : null, long.TryParse(Mailbox, NumberStyles.None, CultureInfo.InvariantCulture, out var mailbox) ? mailbox : null, Day(From), Day(To)?.AddDays(1));
        try
        {
            var cancel = gone.Token;
            do
            {
                var after = next ?? 0;
                var part = await Task.Run(() => replayer.PreviewAsync(scope, after, cancel), cancel);
                differences.AddRange(part.Differences);
                (examined, next, reached) = (examined + part.Examined, part.Next, part.Reached ?? reached);
                StateHasChanged();
            }
            while (next is not null && differences.Count < Enough && !stop);
            ChooseAll(true);
        }
        catch (OperationCanceledException)
        {
            return; // the page was left
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        looking = false;
    }

    private async Task ApplyAsync()
    {
        if (applying) return;
        (applying, broke) = (true, false);
        try
        {
            var (wanted, actor) = (chosen.ToArray(), await Authentication!.ActorAsync());
            var done = await Task.Run(() => replayer.ApplyAsync(wanted, actor));
            results = done;
            var settled = done.Where(result => result.Effect != ReplayEffect.LeaveAlone).Select(result => result.StoredMailId).ToHashSet();
            differences.RemoveAll(item => settled.Contains(item.StoredMailId));
            chosen.Clear();
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        applying = false;
    }

    private void Choose(long id, bool wanted)
    {
        if (wanted) chosen.Add(id);
        else chosen.Remove(id);
    }

    private void ChooseAll(bool wanted)
    {
        foreach (var item in Appliable) Choose(item.StoredMailId, wanted);
    }

    private string Words(ReplayVerdict verdict)
    {
        if (verdict is { Kind: Core.Ingestion.DecisionKind.AppendToTicket, TicketNumber: { } of }) return T["ToTicket", of];
        var where = verdict.TicketNumber is { } number && verdict.Kind != Core.Ingestion.DecisionKind.CreateTicket ? T["InTicket", number].Value : verdict.Queue is { } queue ? T["InQueue", queue].Value : "";
        return $"{T[$"Kind.{verdict.Kind}"]} {where}".TrimEnd();
    }

    private string FieldName(string field) => field.StartsWith("field ", StringComparison.Ordinal) ? T["Change.field", field["field ".Length..]] : T[$"Change.{field}"];

    private void SetDate(string name, ChangeEventArgs change) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(name, change.Value?.ToString() is { Length: > 0 } date ? date : null));

    private static DateTime? Day(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) ? day : null;

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deciding mails again broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
