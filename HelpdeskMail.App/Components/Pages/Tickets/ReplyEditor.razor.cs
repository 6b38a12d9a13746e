using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>Writes an answer or a note. Nothing is sent that has no text, no recipient or no account to leave from.</summary>
public sealed partial class ReplyEditor(ReplyWriter writer, AddressQueries addresses, ILogger<ReplyEditor> logger) : IDisposable
{
    /// <summary>What most servers take, encoded.</summary>
    public const long MaxTotal = 20 * 1024 * 1024;

    private const int MaxFiles = 20;
    private static readonly TicketState[] States = [TicketState.Open, TicketState.Pending, TicketState.Closed];
    private readonly CancellationTokenSource gone = new();
    private DraftInProgress draft = new();
    private ReplyPreview? preview;
    private bool previewLoaded;
    private object? previewedFor;
    private FormFaults faults = FormFaults.None;
    private string announcement = "";
    private IReadOnlyList<FailingAddress> unreachable = [];
    private bool sendAnyway;
    private bool reading;
    private bool sending;

    [Parameter, EditorRequired] public long TicketId { get; set; }

    [Parameter, EditorRequired] public Actor Actor { get; set; } = Actor.System;

    /// <summary>What the recipients and the sender depend on; another value asks for them again.</summary>
    [Parameter] public object? Version { get; set; }

    [Parameter] public EventCallback<long> Sent { get; set; }

    [Inject] private ReplyDrafts Drafts { get; set; } = null!;

    private string? To => draft.To ?? (preview is null ? "" : RecipientList.Write(preview.To));

    private string? Cc => draft.Cc ?? (preview is null ? "" : RecipientList.Write(preview.Cc));

    private bool CanSend => !sending && !reading && (draft.Internal || preview?.Sender is not null) && !string.IsNullOrWhiteSpace(draft.Text);

    private string? WhyNot =>
        CanSend || sending ? null
        : !draft.Internal && previewLoaded && preview?.Sender is null ? T["NoAccount"].Value
        : T["NoTextYet"].Value;

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        draft = Drafts.Of(TicketId);
        if (previewLoaded && Equals(previewedFor, (TicketId, Version))) return;
        previewedFor = (TicketId, Version);
        try
        {
            preview = await writer.PreviewAsync(TicketId, gone.Token);
            previewLoaded = true;
            await WarnAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            LogNoPreview(logger, fault);
            faults = Fault("", T["PreviewFailed"]);
        }
    }

    private Task SetAsync(Action set)
    {
        set();
        return WarnAsync();
    }

    /// <summary>Which of the recipients mail can't reach, to be seen before it is sent.</summary>
    private async Task WarnAsync()
    {
        var all = new List<MessageAddress>();
        foreach (var text in new[] { To, Cc }) if (RecipientList.TryRead(text, out var read, out _)) all.AddRange(read);
        var found = await addresses.UndeliverableAsync([.. all.Select(address => address.Address)], gone.Token);
        if (!found.Select(row => row.Address).SequenceEqual(unreachable.Select(row => row.Address))) sendAnyway = false;
        unreachable = found;
    }

    private void Choose(bool note)
    {
        draft.Internal = note;
        faults = FormFaults.None;
    }

    private void ChooseState(ChangeEventArgs change) => draft.State = Enum.TryParse<TicketState>(change.Value?.ToString(), out var state) ? state : null;

    private async Task AttachAsync(InputFileChangeEventArgs chosen)
    {
        reading = true;
        faults = FormFaults.None;
        try
        {
            if (draft.Files.Count + chosen.FileCount > MaxFiles)
            {
                faults = Fault("attachments", T["TooManyFiles", MaxFiles]);
                return;
            }

            foreach (var file in chosen.GetMultipleFiles(MaxFiles))
            {
                if (draft.Files.Sum(other => (long)other.Bytes.Length) + file.Size > MaxTotal)
                {
                    faults = Fault("attachments", T["FilesTooLarge", file.Name, FileNames.Size(MaxTotal)]);
                    return;
                }

                using var bytes = new MemoryStream();
                await using var stream = file.OpenReadStream(MaxTotal, gone.Token);
                await stream.CopyToAsync(bytes, gone.Token);
                draft.Files.Add(new ReplyAttachment(FileNames.Safe(file.Name, draft.Files.Count), file.ContentType.Length > 0 ? file.ContentType : "application/octet-stream", bytes.ToArray()));
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (IOException)
        {
            faults = Fault("attachments", T["FileUnreadable"]);
        }
        finally
        {
            reading = false;
        }
    }

    private async Task SendAsync()
    {
        if (!CanSend || Read() is not { } reply) return;
        sending = true;
        try
        {
            var outcome = await writer.WriteAsync(TicketId, reply, Actor, gone.Token);
            if (!outcome.Ok)
            {
                faults = new FormFaults(outcome.Errors);
                if (outcome.Errors.ContainsKey("undeliverable"))
                {
                    await WarnAsync();
                    faults = Fault("undeliverable", T["ConfirmUndeliverable"]);
                }

                return;
            }

            announcement = draft.Internal ? T["NoteAdded"] : T["ReplyQueued"];
            draft.Text = "";
            if (!draft.Internal)
            {
                draft.Files.Clear();
                (draft.To, draft.Cc, sendAnyway) = (null, null, false);
            }

            faults = FormFaults.None;
            await Sent.InvokeAsync(outcome.Value);
        }
        catch (OperationCanceledException)
        {
            // The page was left; whether it was written shows in the ticket.
        }
        catch (Exception fault)
        {
            LogNotWritten(logger, fault);
            faults = Fault("", T["NotWritten"]);
        }
        finally
        {
            sending = false;
        }
    }

    /// <summary>What is to be written, or null with the faults shown.</summary>
    private ReplyDraft? Read()
    {
        if (draft.Internal) return new ReplyDraft { Internal = true, Text = draft.Text, State = draft.State };
        var found = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!RecipientList.TryRead(To, out var to, out var wrong)) found["to"] = [T["NoAddress", wrong]];
        else if (to.Count == 0) found["to"] = [T["NoRecipient"]];
        if (!RecipientList.TryRead(Cc, out var cc, out wrong)) found["cc"] = [T["NoAddress", wrong]];
        faults = new FormFaults(found);
        return faults.Any ? null : new ReplyDraft { AskFirst = !sendAnyway, Text = draft.Text, To = to, Cc = cc, State = draft.State, Attachments = [.. draft.Files] };
    }

    private static FormFaults Fault(string field, string text) => new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [text] });

    [LoggerMessage(Level = LogLevel.Error, Message = "Sender and recipients of a reply could not be worked out")]
    private static partial void LogNoPreview(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A reply could not be written")]
    private static partial void LogNotWritten(ILogger logger, Exception fault);
}
