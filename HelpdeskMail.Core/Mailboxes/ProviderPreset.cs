namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Where a well-known provider's servers are, and what must be switched on there first (E4).</summary>
public sealed record ProviderPreset(string Key, string Name, ServerPreset Imap, ServerPreset? Pop3, ServerPreset Smtp, IReadOnlyList<string> Domains, string Note, string? HelpUrl);
