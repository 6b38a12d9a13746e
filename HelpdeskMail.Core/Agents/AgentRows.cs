using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Agents;

/// <summary>What a batch writes for agents' mails: notes, answers that go out, and what they forwarded.</summary>
internal sealed class AgentRows(RoutingConfig config, RoutingKnowledge knowledge, DateTime now)
{
    private readonly List<(Ticket Ticket, IncomingMail Incoming, TicketMessage Message, bool WithFiles)> notes = [];
    private readonly List<AgentAnswer> answers = [];

    /// <summary>What an agent wrote by mail on a ticket.</summary>
    public void Add(RoutingContext context, Ticket ticket, AgentMail words)
    {
        if (context.Mail.MessageId is { } id) knowledge.AddAgentMail(ticket.Id, id, null);
        if (words.Internal) AddNote(context, ticket, words.Agent, words.Text, withFiles: true);
        else answers.Add(new AgentAnswer(context.Incoming, ticket, words, knowledge.AnswerPlan(ticket.Id)!, context.Trust));
    }

    /// <summary>The message of a forward's author, with the agent's own words as a note beside it: two messages of a new ticket.</summary>
    /// <param name="others">Gets who else takes part.</param>
    public TicketMessage AddForward(RoutingContext context, Ticket ticket, AgentForward forward, out MessageAddress[] others)
    {
        others = [.. forward.Mail.To.Concat(forward.Mail.Cc).Select(Address).Where(address => address.Address != forward.Author.Address && !config.Addresses.IsOwn(address.Address) && config.Agent(address.Address) is null).DistinctBy(address => address.Address)];
        var message = MessageRows.Forwarded(forward, others, now);
        if (message.MessageId is { } id) knowledge.Add(new KnownMessage(0, ticket, message.Direction, id, null, null, message, MailboxId: context.Incoming.MailboxId));
        AddNote(context, ticket, forward.Agent, Ingestion.Steps.ForwardStep.Words(forward.Agent, forward.Mail), withFiles: false);
        return message;
    }

    /// <summary>When mails and tickets are written.</summary>
    public async Task SaveAsync(HelpdeskDb db, CancellationToken cancel)
    {
        foreach (var (ticket, incoming, note, _) in notes) (note.TicketId, note.StoredMailId) = (ticket.Id, incoming.StoredMailId);
        await BulkRows.InsertAsync(db, notes.ConvertAll(item => item.Message), cancel);
        await BulkRows.InsertAsync(db, notes.Where(item => item.WithFiles).SelectMany(item => MessageRows.Attachments(item.Message, item.Incoming.Mail!)).ToList(), cancel);
        await AgentAnswers.WriteAsync(db, config, answers, now, cancel);
    }

    private void AddNote(RoutingContext context, Ticket ticket, RoutingAgent agent, string text, bool withFiles)
    {
        var note = MessageRows.Note(context.Mail, agent, text, context.Trust, now);
        notes.Add((ticket, context.Incoming, note, withFiles));
        if (note.MessageId is { } id) knowledge.Add(new KnownMessage(0, ticket, note.Direction, id, note.BodyKey, null, note, MailboxId: context.Incoming.MailboxId, Internal: true));
    }

    private static MessageAddress Address(MailAddress address) => new(MailText.Line(address.DisplayName, 200) is { Length: > 0 } name ? name : null, MailText.Line(address.NormalizedAddress, 320));
}
