using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Jobs;

/// <summary>The recurring jobs, what is running now, and what came of the runs before.</summary>
public sealed partial class JobsPage(TimeProvider time, ILogger<JobsPage> logger) : IDisposable
{
    private const int PageSize = 30;

    /// <summary>What the scheduler calls a node that is the only one; not worth showing.</summary>
    private const string SingleNode = "NON_CLUSTERED";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource gone = new();
    private Loader<JobsView>? loader;
    private string announcement = "";
    private string? problem;

    [SupplyParameterFromQuery] public string? Job { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageText { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    [Inject] private JobsMonitor Monitor { get; set; } = null!;

    [Inject] private MailboxDirectory Mailboxes { get; set; } = null!;

    private int PageNumber => int.TryParse(PageText, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 100_000) : 1;

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = LookAgainAsync();
    }

    /// <summary>The scheduler may run elsewhere and tells nobody: look now and then, as long as the page is open.</summary>
    private async Task LookAgainAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Look, time);
            while (await timer.WaitForNextTickAsync(gone.Token)) await InvokeAsync(() => loader?.ReloadAsync() ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task<JobsView> LoadAsync(CancellationToken cancel)
    {
        var jobs = await Monitor.ListAsync(cancel);
        var statuses = (await Mailboxes.ListAsync(cancel: cancel)).ToDictionary(mailbox => mailbox.Id, mailbox => mailbox.Status);
        return new(jobs, await Monitor.HistoryAsync(Job, PageNumber, PageSize, cancel), jobs.FirstOrDefault(job => job.Id == Job), statuses);
    }

    private Task RunAsync(JobRow job) => DoAsync(() => Monitor.RunAsync(job.Id), T["Started.One", NameOf(job.Kind, job.Name)]);

    private Task PauseAsync(JobRow job) => DoAsync(async () => await Monitor.PauseAsync(job.Id, Authentication is null ? Core.Access.Actor.System : await Authentication.ActorAsync()), T["Paused.One", NameOf(job.Kind, job.Name)]);

    private Task ResumeAsync(JobRow job) => DoAsync(() => Monitor.ResumeAsync(job.Id), T["Resumed.One", NameOf(job.Kind, job.Name)]);

    private async Task DoAsync(Func<Task<bool>> act, string done)
    {
        problem = null;
        try
        {
            if (await act()) announcement = done;
            else problem = T["Gone"];
        }
        catch (Exception fault)
        {
            LogNotDone(logger, fault);
            problem = T["NotDone"];
        }

        if (loader is not null) await loader.ReloadAsync();
    }

    private static string? LookOf(JobResult result) => result switch
    {
        JobResult.Succeeded => "state-ok",
        JobResult.Failed => "state-bad",
        JobResult.Cancelled => "state-warn",
        _ => null,
    };

    private static string SymbolOf(JobResult result) => result switch
    {
        JobResult.Succeeded => "check_circle",
        JobResult.Failed => "error",
        JobResult.Cancelled => "cancel",
        _ => "remove",
    };

    private string NameOf(JobKind kind, string? name) => T[$"Kind.{kind}", name ?? ""];

    private string Every(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => Every("Day", span.TotalDays),
        { TotalHours: >= 1 } => Every("Hour", span.TotalHours),
        { TotalMinutes: >= 1 } => Every("Minute", span.TotalMinutes),
        _ => Every("Second", span.TotalSeconds),
    };

    private string Every(string unit, double count) => Math.Round(count, 1) is var rounded && rounded == 1 ? T[$"Every.{unit}"] : T[$"Every.{unit}s", rounded];

    [LoggerMessage(Level = LogLevel.Error, Message = "A job could not be started, paused or resumed")]
    private static partial void LogNotDone(ILogger logger, Exception fault);
}
