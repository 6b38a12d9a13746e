namespace HelpdeskMail.Core.Ingestion;

/// <summary>What one step of the pipeline looked at and said; kept with every mail and shown by "Explain".</summary>
/// <param name="Name">The step, such as "duplicate" or "follow-up".</param>
/// <param name="Verdict">One or two words: "pass", "matched", "skipped" …</param>
/// <param name="Detail">The values compared, in a sentence.</param>
public sealed record TraceStep(string Name, string Verdict, string Detail);
