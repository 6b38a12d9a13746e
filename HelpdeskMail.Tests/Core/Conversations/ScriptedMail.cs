using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Tests.Core.Conversations;

/// <summary>One mail of a script: on its way to a box, and what must come of it.</summary>
/// <param name="Sender">Of the envelope.</param>
internal sealed record ScriptedMail(string Name, string Sender, string To, string Box, string Raw)
{
    /// <summary>By which a mail that a server writes is known; null: a mail of ours, known by its X-Step.</summary>
    public string? Words { get; init; }

    /// <summary>Null: it stays on its server and is not stored.</summary>
    public DecisionReason? Reason { get; private set; }

    /// <summary>Its name in the script; null: it is in none.</summary>
    public string? Ticket { get; private set; }

    public void Is(DecisionReason reason, string? ticket = null) => (Reason, Ticket) = (reason, ticket);

    public bool Fits(RigMail mail) => Words is null ? mail.Header("X-Step") == Name : mail.Text.Contains(Words, StringComparison.Ordinal);
}
