namespace HelpdeskMail.Core.Settings;

/// <summary>A number that only goes up: ticket numbers, and the stamp of changes that open pages watch.
/// Updating the row first makes a transaction wait for every other one that does, on any node: how decisions are put in one order.</summary>
public sealed class Counter
{
    public const string Tickets = "tickets";
    public const string Changes = "changes";

    public required string Name { get; set; }

    public long Value { get; set; }
}
