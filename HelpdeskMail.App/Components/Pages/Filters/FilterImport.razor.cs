using HelpdeskMail.Core;
using HelpdeskMail.Core.Configuration;
using Microsoft.AspNetCore.Components.Forms;

namespace HelpdeskMail.App.Components.Pages.Filters;

/// <summary>Takes filters from a file: first what would change, then, if that is wanted, the change.</summary>
public sealed partial class FilterImport(FilterTransfer transfer, ILogger<FilterImport> logger) : IDisposable
{
    private const int Shown = 200;
    private readonly CancellationTokenSource gone = new();
    private byte[] file = [];
    private string? name;
    private IReadOnlyList<string>? changes;
    private IReadOnlyList<string> errors = [];
    private bool busy;
    private bool broke;
    private bool imported;

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private Task ChooseAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        (name, changes, imported) = (chosen.File.Name, null, false);
        if (chosen.File.Size > FilterTransfer.MaxBytes)
        {
            errors = [T["Import.TooLarge"]];
            return;
        }
        using var bytes = new MemoryStream();
        await using var stream = chosen.File.OpenReadStream(FilterTransfer.MaxBytes, gone.Token);
        await stream.CopyToAsync(bytes, gone.Token);
        file = bytes.ToArray();
        Take(await transfer.ImportAsync(file, dryRun: true, gone.Token));
    });

    private Task ImportAsync() => RunAsync(async () =>
    {
        Take(await transfer.ImportAsync(file, dryRun: false, gone.Token));
        imported = errors.Count == 0;
    });

    private void Take(Outcome<IReadOnlyList<string>> outcome)
    {
        changes = outcome.Ok ? outcome.Value : null;
        errors = [.. outcome.Errors.SelectMany(pair => pair.Value.Select(text => pair.Key.Length == 0 ? text : $"{pair.Key}: {text}"))];
    }

    private async Task RunAsync(Func<Task> work)
    {
        if (busy) return;
        (busy, broke, errors) = (true, false, []);
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            broke = true;
            LogBroke(logger, fault);
        }
        busy = false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Importing filters broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
