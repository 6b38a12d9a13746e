using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Shared;

public sealed partial class TestSteps(IJSRuntime script, ILogger<TestSteps> logger) : IDisposable
{
    private readonly List<TestStep> steps = [];
    private CancellationTokenSource? run;
    private ElementReference section;
    private bool broke;
    private bool reveal;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The administrator accepts the certificate with this SHA-256.</summary>
    [Parameter] public EventCallback<string> Trust { get; set; }

    /// <summary>Raised when a test is over.</summary>
    [Parameter] public EventCallback<bool> Finished { get; set; }

    public bool Started { get; private set; }

    public bool Running { get; private set; }

    public bool Passed => Started && !Running && !broke && steps.Count > 0 && steps.TrueForAll(step => step.Ok);

    public void Dispose()
    {
        run?.Cancel();
        run?.Dispose();
    }

    /// <summary>Runs a test and shows its steps; one at a time.</summary>
    public async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<TestStep>> test)
    {
        if (Running) return;
        run?.Dispose();
        run = new CancellationTokenSource();
        var cancel = run.Token;
        (Started, Running, broke, reveal) = (true, true, false, true);
        steps.Clear();
        StateHasChanged();
        try
        {
            await foreach (var step in test(cancel).WithCancellation(cancel))
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

    private string StepName(string name)
    {
        var text = T[$"Step.{name}"];
        return text.ResourceNotFound ? name : text.Value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection test broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
