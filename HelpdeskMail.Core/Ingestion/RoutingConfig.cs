using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
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
    private readonly Dictionary<string, string> users;

    private RoutingConfig(List<Queue> queues, Dictionary<long, long?> departments, List<Mailbox> mailboxes, AddressBook addresses, FollowUpRules followUp, TicketSignature? signature, LoopRules loops, FilterSet filters, Dictionary<string, string> users, long maxMessageBytes)
    {
        this.queues = queues.ToDictionary(queue => queue.Id);
        domains = departments;
        this.mailboxes = mailboxes.ToDictionary(mailbox => mailbox.Id);
        byAddress = new Dictionary<string, Mailbox>(StringComparer.OrdinalIgnoreCase);
        foreach (var mailbox in mailboxes) byAddress.TryAdd(mailbox.Address, mailbox);
        Addresses = addresses;
        FollowUp = followUp;
        Signature = signature;
        Loops = loops;
        Filters = filters;
        this.users = users;
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

    public long MaxMessageBytes { get; }

    /// <summary>Where mail goes that came through no mailbox and was sent to none.</summary>
    public Queue? FirstQueue { get; }

    public LoopRules Loops { get; }

    public FilterSet Filters { get; private set; }

    public Queue? QueueNamed(string name) => byName.GetValueOrDefault(name.Trim());

    /// <summary>The user with an address; null: nobody.</summary>
    public string? UserOf(string address) => users.GetValueOrDefault(address.Trim().ToUpperInvariant());

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
        var agents = await db.Users.Where(user => user.NormalizedEmail != null).ToDictionaryAsync(user => user.NormalizedEmail!, user => user.Id, cancel);
        return new RoutingConfig(allQueues, departments, allMailboxes, addresses, FollowUpRules.Of(settings), await key.FindAsync(db, cancel), LoopRules.Of(settings), filters, agents, maxMessageBytes) { TagsReplies = settings.Get(Parameters.TagReplyAddress) };
    }
}
