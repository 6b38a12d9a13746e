namespace HelpdeskMail.Core.ContactRequests;

/// <summary>What to list.</summary>
/// <param name="State">Null: whatever state.</param>
/// <param name="Text">In the author's name or address, or the subject.</param>
/// <param name="After">Goes on after this row.</param>
public sealed record ContactRequestFilter(ContactRequestState? State = ContactRequestState.Open, string? Text = null, ListPosition? After = null, int PageSize = 50);
