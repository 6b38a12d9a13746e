using System.Globalization;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Shared;

public sealed partial class TestSteps(IJSRuntime script, ILogger<TestSteps> logger) : IDisposable
{
    private readonly List<TestStep> steps = [];
    private ProtocolTrace trace = new();
    private Func<TestOptions, CancellationToken, IAsyncEnumerable<TestStep>>? lastTest;
    private CancellationTokenSource? run;
    private ElementReference section;
    private bool broke;
    private bool reveal;
    private bool? copied;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The administrator accepts the certificate with this SHA-256.</summary>
    [Parameter] public EventCallback<string> Trust { get; set; }

    /// <summary>Offers to try moving and deleting with a test mail.</summary>
    [Parameter] public bool CanProbe { get; set; }

    /// <summary>Raised when a test is over.</summary>
    [Parameter] public EventCallback<bool> Finished { get; set; }

    public bool Started { get; private set; }

    public bool Running { get; private set; }

    public bool Passed => Started && !Running && !broke && steps.Count > 0 && steps.TrueForAll(step => step.Ok);

    /// <summary>Only after all that changes nothing has gone well; POP3 has no folders to move between.</summary>
    private bool MayProbe => Passed && CanProbe && !steps.Exists(step => step.Name == "probe");

    private string Transcript => string.Join('\n', trace.Lines);

    public void Dispose()
    {
        run?.Cancel();
        run?.Dispose();
    }

    /// <summary>Runs a test and shows its steps; one at a time.</summary>
    public Task RunAsync(Func<TestOptions, CancellationToken, IAsyncEnumerable<TestStep>> test) => RunAsync(test, probe: false);

    private async Task RunAsync(Func<TestOptions, CancellationToken, IAsyncEnumerable<TestStep>> test, bool probe)
    {
        if (Running) return;
        run?.Dispose();
        run = new CancellationTokenSource();
        var cancel = run.Token;
        (Started, Running, broke, reveal, copied, lastTest, trace) = (true, true, false, true, null, test, new ProtocolTrace());
        steps.Clear();
        StateHasChanged();
        try
        {
            await foreach (var step in test(new TestOptions { Trace = trace, Probe = probe }, cancel).WithCancellation(cancel))
            {
                steps.Add(step);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }

        Running = false;
        reveal = true;
        StateHasChanged();
        await Finished.InvokeAsync(Passed);
    }

    // The steps stand below a long form: bring them into view when a test starts and when it is over.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!reveal) return;
        reveal = false;
        await script.InvokeVoidAsync("helpdesk.reveal", section);
    }

    private Task ProbeAsync() => lastTest is null ? Task.CompletedTask : RunAsync(lastTest, probe: true);

    /// <summary>What somebody who is asked for help needs: the steps and what was said, both without secrets.</summary>
    private async Task CopyAsync()
    {
        var lines = steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{(step.Ok ? step.Warning ? "(!)" : "ok " : "NO ")} {step.Name,-9} {step.Milliseconds,6:0} ms  {step.Text}{(step.Server is null ? "" : $" [{step.Server}]")}"));
        copied = await script.InvokeAsync<bool>("helpdesk.copy", $"{Title}\n\n{string.Join('\n', lines)}\n\n{Transcript}\n");
    }

    private (string Look, string Symbol, string Words) Look(TestStep step) =>
        !step.Ok ? ("bad", "cancel", T["StepFailed"]) : step.Warning ? ("warn", "warning", T["StepWarning"]) : ("good", "check_circle", T["StepOk"]);

    private string StepName(string name)
    {
        var text = T[$"Step.{name}"];
        return text.ResourceNotFound ? name : text.Value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection test broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
