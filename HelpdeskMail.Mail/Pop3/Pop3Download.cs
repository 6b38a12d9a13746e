using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Pop3;

/// <summary>A downloaded message, or why it has no body.</summary>
/// <param name="Body">Null where it was larger than allowed, or refused.</param>
public sealed record Pop3Download(int Number, byte[]? Body, Refusal? Refusal = null);
