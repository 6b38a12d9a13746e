using System.Buffers;
using System.Globalization;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Pages.Explain;

/// <summary>Shows what would be decided for a mail that is pasted, uploaded or stored ("mail" in the URL), and why (G2).</summary>
public sealed partial class ExplainPage(MailProcessor processor, StoredMailQueries mails, MailboxDirectory mailboxes, MailOptions limits, IJSRuntime script, ILogger<ExplainPage> logger) : IDisposable
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<Choice<string>> mailboxChoices = [];
    private FormFaults faults = FormFaults.None;
    private ExplainSource source;
    private StoredMailView? view;
    private Explanation? explanation;
    private byte[]? file;
    private string? fileName;
    private string mailbox = "";
    private long? shown;
    private bool reading;
    private bool busy;
    private bool broke;

    /// <summary>A stored mail's id; nonsense is none.</summary>
    [SupplyParameterFromQuery] public string? Mail { get; set; }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync() =>
        mailboxChoices = [new("", T["NoMailbox"]), .. (await mailboxes.ListAsync(cancel: gone.Token)).Select(row => new Choice<string>(row.Name, $"{row.Name} ({row.Address})"))];

    protected override async Task OnParametersSetAsync()
    {
        if (!long.TryParse(Mail, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == shown) return;
        (shown, source, explanation) = (id, ExplainSource.Stored, null);
        view = await mails.GetAsync(id, gone.Token);
        mailbox = view?.Mailbox ?? "";
        await ExplainAsync();
    }

    private static string Symbol(ExplainSource choice) => choice switch { ExplainSource.Paste => "content_paste", ExplainSource.Upload => "upload_file", _ => "inventory_2" };

    private static FormFaults Fault(string field, string text) => new(new Dictionary<string, string[]> { [field] = [text] });

    private void Choose(ExplainSource choice) => (source, explanation, broke, faults) = (choice, null, false, FormFaults.None);

    private async Task ExplainAsync()
    {
        (faults, explanation, broke, busy) = (FormFaults.None, null, false, true);
        try
        {
            var (through, cancel) = (mailbox.Length == 0 ? null : mailbox, gone.Token);
            if (await OutcomeAsync(through, cancel) is not { } outcome) return;
            faults = new FormFaults(outcome.Errors);
            explanation = outcome.Ok ? outcome.Value : null;
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
        finally
        {
            busy = false;
        }
    }

    /// <summary>Null: there is no mail to explain, and the faults say why.</summary>
    private async Task<Outcome<Explanation>?> OutcomeAsync(string? through, CancellationToken cancel)
    {
        if (source == ExplainSource.Stored)
        {
            if (shown is { } id) return await Task.Run(() => processor.ExplainStoredAsync(id, through, cancel), cancel);
            faults = Fault("mail", T["PickFirst"]);
            return null;
        }
        var (field, raw) = source == ExplainSource.Paste ? ("raw", await PastedAsync(cancel)) : ("file", file);
        if (raw is null)
        {
            if (!faults.Any) faults = Fault(field, source == ExplainSource.Paste ? T["PasteFirst"] : T["ChooseFirst"]);
            return null;
        }
        if (!LooksLikeMail(raw))
        {
            faults = Fault(field, T["NotAMail"]);
            return null;
        }
        return await Task.Run(() => processor.ExplainAsync(raw, through, cancel), cancel);
    }

    /// <summary>Null: nothing was pasted, or too much.</summary>
    private async Task<byte[]?> PastedAsync(CancellationToken cancel)
    {
        await using var pasted = await script.InvokeAsync<IJSStreamReference>("helpdesk.bytes", cancel, "raw");
        if (pasted.Length > limits.MaxMessageBytes)
        {
            faults = Fault("raw", T["TooLarge", FileNames.Size(limits.MaxMessageBytes)]);
            return null;
        }
        if (pasted.Length == 0) return null;
        await using var stream = await pasted.OpenReadStreamAsync(limits.MaxMessageBytes, cancel);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancel);
        var raw = bytes.ToArray().AsSpan().TrimStart("\r\n \t"u8).ToArray(); // what is pasted often has an empty line before it
        return raw.Length == 0 ? null : raw;
    }

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        (reading, file, fileName, explanation, faults) = (true, null, null, null, FormFaults.None);
        try
        {
            if (chosen.File.Size == 0 || chosen.File.Size > limits.MaxMessageBytes)
            {
                faults = Fault("file", chosen.File.Size == 0 ? T["EmptyFile"] : T["TooLarge", FileNames.Size(limits.MaxMessageBytes)]);
                return;
            }
            using var bytes = new MemoryStream();
            await using var stream = chosen.File.OpenReadStream(limits.MaxMessageBytes, gone.Token);
            await stream.CopyToAsync(bytes, gone.Token);
            (file, fileName) = (bytes.ToArray(), FileNames.Safe(chosen.File.Name, 0));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (IOException)
        {
            faults = Fault("file", T["FileUnreadable"]);
        }
        finally
        {
            reading = false;
        }
    }

    /// <summary>Begins with a header (RFC 5322 §2.2), or with the "From " line that mbox files put before it.</summary>
    private static bool LooksLikeMail(ReadOnlySpan<byte> raw)
    {
        Span<char> start = stackalloc char[Math.Min(raw.Length, 998)];
        for (var i = 0; i < start.Length; i++) start[i] = (char)raw[i];
        if (start.StartsWith("From ")) return true;
        var end = start.IndexOfAny(LineEnds);
        var line = end < 0 ? start : start[..end];
        var colon = line.IndexOf(':');
        if (colon <= 0) return false;
        foreach (var c in line[..colon].TrimEnd(' '))
        {
            if (c is <= ' ' or >= '\u007f') return false;
        }
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail could not be explained")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
