using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What the database knows about a batch's mails, fetched beforehand, with what the batch itself has decided so far on top.</summary>
internal sealed class RoutingKnowledge
{
    private readonly Dictionary<string, List<KnownMessage>> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<KnownContent>> contents = [];
    private readonly Dictionary<string, Customer> customers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Ticket> tickets = [];
    private readonly Dictionary<string, Ticket> byNumber = new(StringComparer.Ordinal);
    private readonly HashSet<(long Ticket, string Address)> participants = [];
    private readonly Dictionary<string, DateTime> resumed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateTime>> records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<HeldMail>> held = new(StringComparer.Ordinal);

    private readonly Dictionary<(long Ticket, string MessageId), long?> agentMails = [];
    private readonly Dictionary<long, AnswerPlan> plans = [];

    /// <summary>Only what was known before this stored mail came: to decide it again, as if it were new. Null: all.</summary>
    public long? Before { get; set; }

    /// <summary>Mails of ours that the batch's reports may be about; null: none were looked for.</summary>
    public SentMails? Sent { get; set; }

    /// <summary>Messages of tickets with this Message-ID, oldest first; usually one or none.</summary>
    public IReadOnlyList<KnownMessage> MessagesWithId(string id) =>
        !messages.TryGetValue(id, out var found) ? [] : Before is { } stored ? found.FindAll(known => known.StoredMailId is null || known.StoredMailId < stored) : found;

    /// <summary>Mails of open contact requests with this Message-ID.</summary>
    public IReadOnlyList<HeldMail> HeldWithId(string id) => held.TryGetValue(id, out var found) ? found : [];

    /// <summary>An earlier mail of the very same bytes.</summary>
    public KnownContent? SameBytes(IncomingMail incoming) =>
        contents.TryGetValue(incoming.ContentKey, out var found)
            ? found.Find(known => known.IsOther(incoming) && (Before is null || known.StoredMailId < Before) && known.ContentHash.AsSpan().SequenceEqual(incoming.ContentHash))
            : null;

    /// <summary>How many records a sender has created after <paramref name="after"/> and up to <paramref name="upTo"/>; a mail that is decided again leaves out its own.</summary>
    public int RecordsOf(string sender, DateTime after, DateTime upTo)
    {
        if (!records.TryGetValue(sender, out var times)) return 0;
        var count = times.Count(at => at > after && at <= upTo);
        return Before is not null && upTo > after && times.Contains(upTo) ? count - 1 : count;
    }

    /// <summary>When somebody last let a sender in again that the loop guard had stopped.</summary>
    public DateTime? ResumedAt(string sender) => resumed.TryGetValue(sender, out var at) ? at : null;

    public Ticket? TicketByNumber(string number) => byNumber.GetValueOrDefault(number);

    /// <summary>Whether an address is the ticket's customer's, or of somebody who has taken part in it.</summary>
    public bool TakesPart(Ticket ticket, string address) => (Customer(address) is { Id: > 0 } customer && customer.Id == ticket.CustomerId) || participants.Contains((ticket.Id, address));

    public Customer? Customer(string address) => customers.GetValueOrDefault(address);

    public Ticket? Ticket(long? id) => id is { } value ? tickets.GetValueOrDefault(value) : null;

    /// <summary>The ticket that takes what is meant for this one: itself, or what it was merged into.</summary>
    public Ticket Target(Ticket ticket)
    {
        for (var hop = 0; hop < KnowledgeLoader.MaxMerges && ticket.State == TicketState.Merged && Ticket(ticket.MergedIntoId) is { } target; hop++) ticket = target;
        return ticket;
    }

    /// <summary>Whether an agent's mail with this Message-ID has become a message of the ticket.</summary>
    public bool IsAgentMail(long ticket, string messageId) => agentMails.TryGetValue((ticket, messageId), out var stored) && (Before is null || stored is null || stored < Before);

    /// <summary>Where an agent's answer would go; only for tickets that a mail of the batch answers as an agent's.</summary>
    public AnswerPlan? AnswerPlan(long ticket) => plans.GetValueOrDefault(ticket);

    public void AddAgentMail(long ticket, string messageId, long? storedMailId) => agentMails[(ticket, messageId)] = storedMailId;

    public void Add(long ticket, AnswerPlan plan) => plans[ticket] = plan;

    public void Add(KnownMessage message)
    {
        if (!messages.TryGetValue(message.MessageId, out var found)) messages[message.MessageId] = found = new(1);
        found.Add(message);
    }

    public void Add(string messageId, HeldMail mail)
    {
        if (!held.TryGetValue(messageId, out var found)) held[messageId] = found = new(1);
        found.Add(mail);
    }

    public void Add(long key, KnownContent content)
    {
        if (!contents.TryGetValue(key, out var found)) contents[key] = found = new(1);
        found.Add(content);
    }

    public void Add(Customer customer) => customers[customer.Address] = customer;

    public void Add(Ticket ticket) => (tickets[ticket.Id], byNumber[ticket.Number]) = (ticket, ticket);

    public void Add(LoopRecord record)
    {
        if (!records.TryGetValue(record.Sender, out var times)) records[record.Sender] = times = [];
        times.Add(record.At);
    }

    public void AddResumed(string sender, DateTime at) => resumed[sender] = at;

    /// <summary>Only of tickets that a subject names.</summary>
    public void AddParticipant(long ticketId, string address) => participants.Add((ticketId, address));
}
