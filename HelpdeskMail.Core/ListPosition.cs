namespace HelpdeskMail.Core;

/// <summary>A row's place in a list that is sorted newest first: what comes after it is older, or as old with a lower id.
/// Going on from there costs the same at the millionth row as at the first, which counting rows off does not.</summary>
public sealed record ListPosition(DateTime At, long Id);
