namespace HelpdeskMail.Mail.Imap;

/// <summary>The first personal namespace (RFC 2342): new folders go below its prefix ("" or "INBOX.").</summary>
public sealed record ImapNamespace(string Prefix, char? Separator);
