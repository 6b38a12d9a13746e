namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>A user of the portal as routing knows him.</summary>
/// <param name="Address">Normalised (lower case).</param>
/// <param name="Active">False: switched off, and what comes from his address is nobody's.</param>
/// <param name="Departments">Whose new tickets he gets a mail for.</param>
internal sealed record RoutingAgent(string Id, string Name, string Address, bool Active, bool NotifyMessages, bool NotifyNotes, IReadOnlyList<long> Departments)
{
    public bool IsNotified => Active && (NotifyMessages || NotifyNotes || Departments.Count > 0);
}
