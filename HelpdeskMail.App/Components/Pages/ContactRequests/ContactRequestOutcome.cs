namespace HelpdeskMail.App.Components.Pages.ContactRequests;

/// <summary>What came of an action, to be told above the list.</summary>
/// <param name="Faults">Of the requests that it was not done to.</param>
/// <param name="TicketId">The one ticket it made or added to.</param>
public sealed record ContactRequestOutcome(string Text, IReadOnlyList<string> Faults, long? TicketId)
{
    public bool Good => Faults.Count == 0;
}
