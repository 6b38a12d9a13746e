namespace HelpdeskMail.Core.Mailboxes;

/// <summary>A refusal that is known, and what mends it.</summary>
/// <param name="Hosts">Ends of the server's name; empty: any server.</param>
/// <param name="Signs">Any of them in the server's own words, regardless of case; empty: any refusal of user name and password.</param>
/// <param name="Advice">What to do, in plain words.</param>
/// <param name="HelpUrl">The provider's own page about it.</param>
public sealed record ProviderMend(IReadOnlyList<string> Hosts, IReadOnlyList<string> Signs, string Advice, string? HelpUrl = null);
