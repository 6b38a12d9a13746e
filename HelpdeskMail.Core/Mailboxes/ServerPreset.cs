namespace HelpdeskMail.Core.Mailboxes;

public sealed record ServerPreset(string Host, int Port, Encryption Encryption);
