using System.Text.Json.Serialization;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.App.Api;

internal sealed record TicketJson(
    long Id, string Number, string Subject, TicketState State, TicketPriority Priority, string Queue, string Department, string? Owner, MessageAddress Customer,
    IReadOnlyList<string> Tags, DateTime CreatedAt, DateTime UpdatedAt, int MessageCount, long? MergedInto, bool HasBounce)
{
    /// <summary>Free fields by name; only of a ticket that is asked for by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public static TicketJson Of(TicketRow row) => new(
        row.Id, row.Number, row.Subject, row.State, row.Priority, row.Queue, row.Department, row.Owner, new MessageAddress(row.CustomerName, row.CustomerAddress),
        row.Tags, row.CreatedAt, row.UpdatedAt, row.MessageCount, row.MergedIntoId, row.HasBounce);
}

/// <summary>What PATCH takes; what isn't there stays as it is. Owner: a user's id, e-mail address or name; null takes it away.</summary>
internal sealed class TicketPatch
{
    public TicketState? State { get; set; }

    public TicketPriority? Priority { get; set; }

    public string? Queue { get; set; }

    public string? Owner { get; set; }

    public List<string>? Tags { get; set; }
}
