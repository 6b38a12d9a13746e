namespace HelpdeskMail.Core;

/// <summary>Part of what a search found, newest first.</summary>
/// <param name="Next">Where to go on; null: that was all.</param>
/// <param name="SearchedTo">Looking ended here because it took too long; null: it didn't.</param>
public sealed record SearchedPart<T>(IReadOnlyList<T> Items, ListPosition? Next, DateTime? SearchedTo);
