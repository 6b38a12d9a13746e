namespace HelpdeskMail.Core.Replay;

/// <summary>What the rules say otherwise of a ticket than they did when its mail came.</summary>
/// <param name="Field">"queue", "state", "priority", "owner", "tags", or "field NAME".</param>
/// <param name="Was">As the rules had it then; null: nothing.</param>
/// <param name="Would">As they have it now; null: nothing.</param>
/// <param name="Why">Why it is left alone nevertheless; null: applying changes it.</param>
public sealed record ReplayChange(string Field, string? Was, string? Would, string? Why);
