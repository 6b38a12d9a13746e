using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>A ticket: its conversation, oldest first, what can be changed of it, and the answer. Changes by others appear by themselves.</summary>
public sealed partial class TicketPage(
    TicketQueries tickets, MessageContents contents, DepartmentDirectory departments, LiveUpdates live, IJSRuntime browser, TimeProvider time, ILogger<TicketPage> logger) : IAsyncDisposable
{
    /// <summary>Of a long conversation the first message and this many of the last are shown at once.</summary>
    private const int Latest = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource gone = new();
    private TicketRow? ticket;
    private IReadOnlyList<ConversationEntry> entries = [];
    private IReadOnlyList<TicketEvent> events = [];
    private IReadOnlyList<MergedTicket> merged = [];
    private IReadOnlyList<OwnerChoice> owners = [];
    private IReadOnlyList<QueueChoice> queues = [];
    private Dictionary<string, string> names = [];
    private Actor actor = Actor.System;
    private string announcement = "";
    private long shownId;
    private int hidden;
    private bool showAll;
    private bool missing;
    private bool failed;
    private Refresher? refresher;
    private IJSObjectReference? script;

    [Parameter] public long Id { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private IEnumerable<ConversationEntry> Shown => hidden == 0 ? entries : entries.Take(1).Concat(entries.Skip(1 + hidden));

    public async ValueTask DisposeAsync()
    {
        live.Changed -= OnChanged;
        await gone.CancelAsync();
        gone.Dispose();
        try
        {
            if (script is not null) await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }
    }

    protected override void OnInitialized()
    {
        refresher = new Refresher(RefreshAsync, Pause, time);
        live.Changed += OnChanged;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shownId == Id) return;
        shownId = Id;
        (ticket, entries, events, merged, missing, showAll) = (null, [], [], [], false, false);
        if (Authentication is not null) actor = await Authentication.ActorAsync();
        await ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) script = await browser.InvokeAsync<IJSObjectReference>("import", "/desk.js");
    }

    private Task ReloadAsync() => LoadAsync(force: true);

    private async Task LoadAsync(bool force)
    {
        try
        {
            var id = Id;
            var row = await tickets.GetAsync(id, gone.Token);
            if (row is null)
            {
                (ticket, missing) = (null, true);
                return;
            }

            // Every change of any ticket comes here: only this one's are worth reading all its messages again.
            if (!force && ticket is not null && Same(ticket, row) && !UnderWay) return;
            var messages = await tickets.ConversationAsync(id, gone.Token);
            var lines = await tickets.EventsAsync(id, gone.Token);
            var sources = await tickets.MergedAsync(id, gone.Token);
            if (force || owners.Count == 0) owners = await tickets.OwnersAsync(gone.Token);
            if (force || queues.Count == 0) queues = await departments.QueuesAsync(gone.Token);
            if (id != Id) return;
            if (entries.Count > 0 && messages.Count > entries.Count) announcement = T["NewMessages", messages.Count - entries.Count];
            var folded = showAll || messages.Count <= Latest + 4 ? 0 : messages.Count - 1 - Latest;
            var found = await contents.OfAsync([.. messages.Where((_, index) => index == 0 || index > folded).Select(message => message.Id)], gone.Token);
            if (id != Id) return;
            (ticket, events, merged, missing, failed, hidden) = (row, lines, sources, false, false, showAll ? 0 : folded);
            entries = [.. messages.Select(message => ConversationEntry.Of(message, found.GetValueOrDefault(message.Id)))];
            if (actor.Id is { } me && owners.FirstOrDefault(owner => owner.Id == me) is { } self) actor = actor with { Name = self.Name };
            names = owners.ToDictionary(owner => $"owner:{owner.Id}", owner => owner.Name, StringComparer.Ordinal);
            foreach (var queue in queues) names[$"queue:{queue.Id}"] = queue.Name;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            failed = true;
            LogFailed(logger, fault);
        }
    }

    /// <summary>A mail of this ticket is on its way, which changes no ticket.</summary>
    private bool UnderWay => entries.Any(entry => entry.Message.Delivery.Any(row => row.State is OutboxState.Queued or OutboxState.Sending or OutboxState.Deferred));

    private static bool Same(TicketRow one, TicketRow other) => one with { Tags = [] } == other with { Tags = [] } && one.Tags.SequenceEqual(other.Tags);

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Tickets && !gone.IsCancellationRequested) _ = InvokeAsync(() => refresher!.AskAsync(gone.Token));
    }

    private async Task RefreshAsync()
    {
        await LoadAsync(force: false);
        StateHasChanged();
    }

    private async Task SentAsync(long messageId)
    {
        await ReloadAsync();
        StateHasChanged();
        await RevealAsync($"message-{messageId}");
    }

    /// <summary>The folded messages are there at once; what only their raw mails hold follows.</summary>
    private async Task ShowAllAsync()
    {
        (showAll, hidden) = (true, 0);
        StateHasChanged();
        var id = Id;
        try
        {
            var found = await contents.OfAsync([.. entries.Where(entry => entry.Content is null).Select(entry => entry.Message.Id)], gone.Token);
            if (id == Id) entries = [.. entries.Select(entry => entry.Content is null && found.TryGetValue(entry.Message.Id, out var content) ? entry.With(content) : entry)];
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            failed = true;
            LogFailed(logger, fault);
        }
    }

    /// <summary>The mail that a receipt or a complaint is about.</summary>
    private MessageView? OriginalOf(ConversationEntry entry) => (entry.Content?.Receipt?.OriginalMessageId ?? entry.Content?.Complaint?.OriginalMessageId) is { } original
        ? entries.FirstOrDefault(other => other.Message.MessageId == original && other.Message.Direction == MessageDirection.Outbound)?.Message
        : null;

    private Task ToReplyAsync() => RevealAsync("reply-text", focus: true);

    private Task ToBounceAsync() => RevealAsync($"message-{entries.LastOrDefault(entry => entry.Message.Bounce is not null || entry.Message.News.Any(news => news.Kind is NewsKind.Failed or NewsKind.Complaint))?.Message.Id}");

    private async Task RevealAsync(string id, bool focus = false)
    {
        if (script is not null) await script.InvokeVoidAsync("reveal", gone.Token, id, focus);
    }

    private bool HasOwnSubject(string subject)
    {
        var own = SubjectCore(subject);
        return own.Length > 0 && ticket is not null && !own.Contains(SubjectCore(ticket.Subject), StringComparison.OrdinalIgnoreCase) && !SubjectCore(ticket.Subject).Contains(own, StringComparison.OrdinalIgnoreCase);
    }

    private static string SubjectCore(string subject) => subject[(subject.LastIndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 and < 12 ? colon + 2 : 0)..].Trim();

    [LoggerMessage(Level = LogLevel.Error, Message = "A ticket could not be loaded")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
