using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>A mail that somebody forwarded, as far as the forward tells.</summary>
/// <param name="Author">Who wrote the original.</param>
/// <param name="Subject">Of the original; "" where it doesn't say.</param>
/// <param name="Date">Null where it doesn't say, or in a form that can't be read for sure.</param>
/// <param name="Text">The original's text.</param>
/// <param name="Comment">What the forwarder wrote above it, without signature; "" for nothing.</param>
/// <param name="MessageId">Only where the original came along as a file.</param>
/// <param name="PartPath">The message/rfc822 part that holds it; null: it stands in the text.</param>
public sealed record ForwardedMail(
    MailAddress Author, IReadOnlyList<MailAddress> To, IReadOnlyList<MailAddress> Cc, string Subject, DateTimeOffset? Date, string Text, string Comment, MessageId? MessageId, string? PartPath);
