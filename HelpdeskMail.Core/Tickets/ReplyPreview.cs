using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.Core.Tickets;

/// <param name="Sender">Null: no outbound account is configured; a reply can't be sent.</param>
public sealed record ReplyPreview(ReplySender? Sender, IReadOnlyList<MessageAddress> To, IReadOnlyList<MessageAddress> Cc, string Subject);
