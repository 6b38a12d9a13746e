using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <param name="UsedBy">Names of the queues that send from it.</param>
public sealed record SystemAddressRow(
    long Id, string Address, string DisplayName, long QueueId, string Queue, string QueueColor, Validity Validity, string Comment, IReadOnlyList<string> UsedBy);
