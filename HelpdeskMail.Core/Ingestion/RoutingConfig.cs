using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The configuration that a batch is decided by: one picture, kept as long as nobody changes it.</summary>
internal sealed class RoutingConfig
{
    private readonly Dictionary<long, Queue> queues;
    private readonly Dictionary<long, long?> domains;
    private readonly Dictionary<long, Mailbox> mailboxes;
    private readonly Dictionary<string, Mailbox> byAddress;
    private readonly Dictionary<string, Queue> byName;
    private readonly SigningKey key;
    private readonly Dictionary<string, RoutingAgent> agents = new(StringComparer.OrdinalIgnoreCase);

    private RoutingConfig(List<Queue> queues, Dictionary<long, long?> departments, List<Mailbox> mailboxes, AddressBook addresses, FollowUpRules followUp, TicketSignature? signature, SigningKey key, LoopRules loops, FilterSet filters, IReadOnlyList<RoutingAgent> agents, long maxMessageBytes)
    {
        this.queues = queues.ToDictionary(queue => queue.Id);
        domains = departments;
        this.mailboxes = mailboxes.ToDictionary(mailbox => mailbox.Id);
        byAddress = new Dictionary<string, Mailbox>(StringComparer.OrdinalIgnoreCase);
        foreach (var mailbox in mailboxes) byAddress.TryAdd(mailbox.Address, mailbox);
        Addresses = addresses;
        FollowUp = followUp;
        (Signature, this.key) = (signature, key);
        Loops = loops;
        Filters = filters;
        Agents = agents;
        foreach (var agent in agents) this.agents.TryAdd(agent.Address, agent);
        Notifies = agents.Any(agent => agent.IsNotified);
        byName = new Dictionary<string, Queue>(StringComparer.OrdinalIgnoreCase);
        foreach (var queue in queues) byName.TryAdd(queue.Name, queue);
        MaxMessageBytes = maxMessageBytes;
        FirstQueue = queues.Count > 0 ? queues.MinBy(queue => queue.Id) : null;
    }

    public AddressBook Addresses { get; }

    public FollowUpRules FollowUp { get; }

    /// <summary>Whether reply addresses get a tag.</summary>
    public required bool TagsReplies { get; init; }

    /// <summary>Null: we have signed nothing yet.</summary>
    public TicketSignature? Signature { get; }

    /// <summary>The same, made where there is none yet; the caller's transaction holds the ticket counter and saves.</summary>
    public async Task<TicketSignature> SignatureAsync(HelpdeskDb db, CancellationToken cancel) => Signature ?? await key.MakeAsync(db, cancel);

    public long MaxMessageBytes { get; }

    /// <summary>Where mail goes that came through no mailbox and was sent to none.</summary>
    public Queue? FirstQueue { get; }

    public LoopRules Loops { get; }

    public FilterSet Filters { get; private set; }

    public Queue? QueueNamed(string name) => byName.GetValueOrDefault(name.Trim());

    /// <summary>The user with an address; null: nobody.</summary>
    public string? UserOf(string address) => Agent(address.Trim())?.Id;

    /// <summary>All users, switched off ones too.</summary>
    public IReadOnlyList<RoutingAgent> Agents { get; }

    /// <summary>Whether anybody wants to be told of anything.</summary>
    public bool Notifies { get; }

    /// <summary>The user with an address, active or not; null: nobody.</summary>
    public RoutingAgent? Agent(string address) => agents.GetValueOrDefault(address);

    /// <summary>What Reply-To means where the mailbox says nothing.</summary>
    public required ReplyToPolicy ReplyTo { get; init; }

    /// <summary>Agents may answer notifications by mail.</summary>
    public required bool AgentsAnswer { get; init; }

    /// <summary>What agents forward becomes its author's ticket.</summary>
    public required bool AgentsForward { get; init; }

    /// <summary>The address of a user; null: nobody.</summary>
    public string? AddressOf(string userId) => Agents.FirstOrDefault(agent => agent.Id == userId)?.Address;

    public Queue? Queue(long id) => queues.GetValueOrDefault(id);

    /// <summary>The alias domain that a queue's mail is sent under (N2): its department's, else the default; null: there is none.</summary>
    public AliasDomain? DomainOf(long queueId) => Addresses.Domain(Queue(queueId) is { } queue ? domains.GetValueOrDefault(queue.DepartmentId) : null) ?? Addresses.DefaultDomain;

    public Mailbox? Mailbox(long? id) => id is { } value ? mailboxes.GetValueOrDefault(value) : null;

    public Mailbox? MailboxOf(string address) => byAddress.GetValueOrDefault(address);

    /// <summary>The same with other filters, to try them.</summary>
    public RoutingConfig With(FilterSet others)
    {
        var copy = (RoutingConfig)MemberwiseClone();
        copy.Filters = others;
        return copy;
    }

    public static async Task<RoutingConfig> LoadAsync(HelpdeskDb db, SigningKey key, long maxMessageBytes, CancellationToken cancel)
    {
        var allQueues = await db.Queues.AsNoTracking().ToListAsync(cancel);
        var allMailboxes = await db.Mailboxes.AsNoTracking().OrderBy(mailbox => mailbox.Id).ToListAsync(cancel);
        var settings = await SavedSettings.LoadAsync(db, cancel);
        var addresses = new AddressBook(
            await db.AliasDomains.AsNoTracking().Include(domain => domain.Retired).Include(domain => domain.EarlierNames).ToListAsync(cancel),
            await db.Aliases.AsNoTracking().ToListAsync(cancel),
            await db.SystemAddresses.AsNoTracking().Where(address => address.Validity == Validity.Valid).ToListAsync(cancel),
            allMailboxes,
            await db.OutboundAccounts.Select(account => account.Address).ToListAsync(cancel),
            settings.Get(Parameters.CatchallDomains));
        var departments = await db.Departments.ToDictionaryAsync(department => department.Id, department => department.AliasDomainId, cancel);
        var filters = new FilterSet(await db.Filters.AsNoTracking().ToListAsync(cancel));
        var users = await AgentsAsync(db, cancel);
        return new RoutingConfig(allQueues, departments, allMailboxes, addresses, FollowUpRules.Of(settings), await key.FindAsync(db, cancel), key, LoopRules.Of(settings), filters, users, maxMessageBytes)
        {
            TagsReplies = settings.Get(Parameters.TagReplyAddress),
            ReplyTo = settings.Get(Parameters.ReplyTo),
            AgentsAnswer = settings.Get(Parameters.AgentsAnswer),
            AgentsForward = settings.Get(Parameters.AgentsForward),
        };
    }

    private static async Task<List<RoutingAgent>> AgentsAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var users = await db.Users.AsNoTracking().Where(user => user.Email != null).OrderBy(user => user.Id).ToListAsync(cancel);
        return users.ConvertAll(user => new RoutingAgent(
            user.Id,
            user.DisplayName.Length > 0 ? user.DisplayName : user.Email!,
            MailAddress.TryParse(user.Email, out var address) ? address.NormalizedAddress : user.Email!.ToLowerInvariant(),
            UserAdministration.IsActive(user),
            user.NotifyMessages,
            user.NotifyNotes,
            user.NotifyDepartments ?? []));
    }
}
