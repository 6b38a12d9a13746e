using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Replay;

/// <summary>A mail that would be decided otherwise today.</summary>
/// <param name="Why">For <see cref="ReplayEffect.LeaveAlone"/>: why it is left as it is.</param>
/// <param name="TraceWas">Lines of the old trace that are not in the new one.</param>
/// <param name="Changes">What of its ticket the rules say otherwise than they did then; its queue is told by the verdicts.</param>
/// <param name="TraceWould">Lines of the new trace that are not in the old one.</param>
public sealed record ReplayDifference(
    long StoredMailId, string? Sender, string? Subject, DateTime StoredAt, ReplayVerdict Was, ReplayVerdict Would, ReplayEffect Effect, string? Why,
    IReadOnlyList<TraceStep> TraceWas, IReadOnlyList<TraceStep> TraceWould, IReadOnlyList<ReplayChange> Changes);

/// <summary>Part of a preview.</summary>
/// <param name="Examined">Mails that were decided again for this part.</param>
/// <param name="Next">Pass it back to go on; null: that was all.</param>
/// <param name="Reached">When the last of them was stored.</param>
public sealed record ReplayPart(IReadOnlyList<ReplayDifference> Differences, int Examined, long? Next, DateTime? Reached);

/// <summary>What applying did with one mail.</summary>
/// <param name="Effect">None: it stands as today's rules have it already.</param>
public sealed record ReplayResult(long StoredMailId, ReplayEffect Effect, string Text, long? TicketId);
