namespace HelpdeskMail.Core.Confirmations;

/// <summary>What a provider's confirmation mail says; see <see cref="ProviderConfirmation"/> for the fields.</summary>
/// <param name="Because">By what it was recognised, for the trace.</param>
internal sealed record ConfirmationFacts(string Provider, bool Known, string? Recipient, string? Account, string? Code, IReadOnlyList<string> Links, string Because);
