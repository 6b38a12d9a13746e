using HelpdeskMail.Core.Quarantine;

namespace HelpdeskMail.Core.Routing.Loops;

/// <param name="Mailbox">The name of the mailbox that the first mail held back came through; null: none, or it is gone.</param>
public sealed record LoopRow(LoopIncident Incident, LoopState State, string? Mailbox);

/// <param name="Next">The incident to go on after; null: that was all.</param>
public sealed record LoopPart(IReadOnlyList<LoopRow> Items, long? Next);

/// <summary>All that is known of a stopped sender.</summary>
/// <param name="Waiting">Mails held back that still wait in quarantine.</param>
/// <param name="Newest">The newest of them.</param>
/// <param name="EndsAt">When mails of the sender are taken again without anybody's help; null: they are now.</param>
/// <param name="AllowedBy">The entry of the list of those who are never stopped that holds the sender; null: none does.</param>
/// <param name="Threshold">The limit as it is set now.</param>
/// <param name="Minutes">Its window as it is set now.</param>
public sealed record LoopStory(
    LoopRow Row, int Waiting, IReadOnlyList<QuarantineItem> Newest, LoopChart Chart, DateTime? EndsAt, string? AllowedBy, int Threshold, int Minutes);

/// <summary>A sender's mails over time, from before it was stopped until the last one that was held back.</summary>
/// <param name="Step">What a bar stands for.</param>
public sealed record LoopChart(TimeSpan Step, IReadOnlyList<LoopBar> Bars);

/// <param name="Taken">Mails that became tickets or contact requests.</param>
public sealed record LoopBar(DateTime From, int Taken, int Blocked);

/// <summary>How a sender is let in for good.</summary>
public enum LoopAllow
{
    Address,

    /// <summary>Everybody of its domain.</summary>
    Domain,
}
