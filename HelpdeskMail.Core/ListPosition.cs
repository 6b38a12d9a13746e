namespace HelpdeskMail.Core;

/// <summary>A row's place in a list that is sorted newest first: what comes after it is older, or as old with a lower id.
/// Going on from there costs the same at the millionth row as at the first, which counting rows off does not.
/// Queries say <c>At &lt;= at AND (At &lt; at OR Id &lt; id)</c>: PostgreSQL takes the first half for a range of the index, and none where it stands inside an OR.</summary>
public sealed record ListPosition(DateTime At, long Id);
