namespace HelpdeskMail.Core.Routing.Addresses;

/// <param name="Aliases">How many aliases it holds.</param>
/// <param name="Departments">Names of the departments that it is set for; the default domain serves all others as well.</param>
/// <param name="EarlierNames">Names under which all its addresses go on working, newest first.</param>
/// <param name="Retired">Earlier catch-all and bounce addresses that still take replies and reports, newest first.</param>
public sealed record AliasDomainRow(
    long Id, string Domain, string CatchallAddress, string BounceAddress, string? CompanyAddress, bool IsDefault, int Aliases, IReadOnlyList<string> Departments, IReadOnlyList<RetiredAddress> Retired,
    IReadOnlyList<RetiredDomain> EarlierNames);
