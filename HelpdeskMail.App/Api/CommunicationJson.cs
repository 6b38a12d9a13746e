using System.Text.Json.Serialization;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Api;

/// <param name="Duration">Milliseconds.</param>
internal sealed record CommunicationJson(
    long Id, CommunicationKind Kind, CommunicationDirection Direction, CommunicationStatus Status, LogLevels Level, string Account, DateTime StartedAt, DateTime? EndedAt, double? Duration, string Summary,
    string? Sender, string? Recipient, string? Subject, long? MailboxId, long? OutboundAccountId, long? ConnectionId, long? TicketId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CommunicationEntry>? Entries)
{
    public static CommunicationJson Of(Communication row, bool withEntries) => new(
        row.Id, row.Kind, row.Direction, row.Status, row.Level, row.Account, row.StartedAt, row.EndedAt, row.Duration, row.Summary, row.Sender, row.Recipient, row.Subject,
        row.MailboxId, row.OutboundAccountId, row.ConnectionId, row.TicketId, withEntries ? row.Entries : null);
}
