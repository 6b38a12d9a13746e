namespace HelpdeskMail.Core.Settings;

/// <summary>A number that only goes up: ticket numbers, the stamp of changes that open pages watch,
/// and the stamp of the configuration (see <see cref="Data.ConfigurationStamp"/>).
/// Updating the row first makes a transaction wait for every other one that does, on any node: how decisions are put in one order.</summary>
public sealed class Counter
{
    public const string Tickets = "tickets";
    public const string Changes = "changes";

    /// <summary>The newest message that the full-text index has (<see cref="Data.MessageWords"/>).</summary>
    public const string MessageWords = "messageWords";
    public const string Configuration = "configuration";

    public required string Name { get; set; }

    public long Value { get; set; }
}
