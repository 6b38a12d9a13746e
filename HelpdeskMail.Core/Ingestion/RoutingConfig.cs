using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The configuration that a batch is decided by: one picture, taken in the batch's transaction.</summary>
internal sealed class RoutingConfig
{
    private readonly Dictionary<long, Queue> queues;
    private readonly Dictionary<long, Mailbox> mailboxes;
    private readonly Dictionary<string, Mailbox> byAddress;

    private RoutingConfig(List<Queue> queues, List<Mailbox> mailboxes, long maxMessageBytes)
    {
        this.queues = queues.ToDictionary(queue => queue.Id);
        this.mailboxes = mailboxes.ToDictionary(mailbox => mailbox.Id);
        byAddress = new Dictionary<string, Mailbox>(StringComparer.OrdinalIgnoreCase);
        foreach (var mailbox in mailboxes) byAddress.TryAdd(mailbox.Address, mailbox);
        MaxMessageBytes = maxMessageBytes;
        FirstQueue = queues.Count > 0 ? queues.MinBy(queue => queue.Id) : null;
    }

    public long MaxMessageBytes { get; }

    /// <summary>Where mail goes that came through no mailbox and was sent to none.</summary>
    public Queue? FirstQueue { get; }

    public Queue? Queue(long id) => queues.GetValueOrDefault(id);

    public Mailbox? Mailbox(long? id) => id is { } value ? mailboxes.GetValueOrDefault(value) : null;

    public Mailbox? MailboxOf(string address) => byAddress.GetValueOrDefault(address);

    public static async Task<RoutingConfig> LoadAsync(HelpdeskDb db, long maxMessageBytes, CancellationToken cancel)
    {
        var allQueues = await db.Queues.AsNoTracking().ToListAsync(cancel);
        var allMailboxes = await db.Mailboxes.AsNoTracking().OrderBy(mailbox => mailbox.Id).ToListAsync(cancel);
        return new RoutingConfig(allQueues, allMailboxes, maxMessageBytes);
    }
}
