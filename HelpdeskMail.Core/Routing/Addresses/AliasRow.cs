namespace HelpdeskMail.Core.Routing.Addresses;

/// <param name="Address">The whole address.</param>
/// <param name="HasRefusal">Who may not write is told something of its own instead of the standard text.</param>
public sealed record AliasRow(long Id, string Address, long AliasDomainId, long QueueId, string Queue, string QueueColor, bool LocalPartDetection, WhoMayWrite WhoMayWrite, bool HasRefusal);
