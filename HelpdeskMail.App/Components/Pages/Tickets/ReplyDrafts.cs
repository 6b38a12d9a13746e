using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>What somebody has begun to write, ticket by ticket, as long as their page is open: going to another ticket and back loses nothing.</summary>
internal sealed class ReplyDrafts
{
    private readonly Dictionary<long, DraftInProgress> byTicket = [];

    public DraftInProgress Of(long ticketId) => byTicket.TryGetValue(ticketId, out var draft) ? draft : byTicket[ticketId] = new();

    public void Remove(long ticketId) => byTicket.Remove(ticketId);
}

/// <summary>Reply and note are kept apart; recipients are null until somebody changes them.</summary>
internal sealed class DraftInProgress
{
    public bool Internal { get; set; }

    public string ReplyText { get; set; } = "";

    public string NoteText { get; set; } = "";

    public string? To { get; set; }

    public string? Cc { get; set; }

    public TicketState? ReplyState { get; set; } = TicketState.Open;

    public TicketState? NoteState { get; set; }

    public List<ReplyAttachment> Files { get; } = [];

    public string Text
    {
        get => Internal ? NoteText : ReplyText;
        set
        {
            if (Internal) NoteText = value;
            else ReplyText = value;
        }
    }

    public TicketState? State
    {
        get => Internal ? NoteState : ReplyState;
        set
        {
            if (Internal) NoteState = value;
            else ReplyState = value;
        }
    }
}
