namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>A response that does not follow the grammar; the client turns it into a fault.</summary>
internal sealed class ImapSyntaxException(string expected, int position) : Exception($"expected {expected} at {position}");
