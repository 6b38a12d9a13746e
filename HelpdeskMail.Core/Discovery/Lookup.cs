using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Discovery;

/// <summary>What one way of looking brought.</summary>
/// <param name="WasAnswered">Whether anybody said anything.</param>
/// <param name="Provider">Where it was a provider that was found.</param>
/// <param name="NoSuchDomain">The name servers know of no such domain.</param>
internal sealed record Lookup(IReadOnlyList<FoundServer> Servers, bool WasAnswered, ProviderPreset? Provider = null, bool NoSuchDomain = false);
