using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Outbound;

/// <param name="UsedBy">Departments and mailboxes that send through it.</param>
/// <param name="Waiting">Recipients queued or deferred.</param>
public sealed record OutboundAccountRow(
    long Id, string Name, string Address, string DisplayName, string Host, int Port, Encryption Encryption, bool IsGlobal,
    IReadOnlyList<string> UsedBy, int Waiting, DateTime? LastSuccessAt, DateTime? LastErrorAt, string? LastError);
