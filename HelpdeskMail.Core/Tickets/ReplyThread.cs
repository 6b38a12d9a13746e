using HelpdeskMail.Core.Data;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Where an answer hangs in its thread (RFC 5322 §3.6.4): it answers the customer's last message, else the last there is.</summary>
/// <param name="Cc">Everybody that message was sent to, us included.</param>
internal sealed record ReplyThread(IReadOnlyList<MessageId> InReplyTo, IReadOnlyList<MessageId> References, IReadOnlyList<MessageAddress> Cc)
{
    /// <summary>The first and the newest are what mail programs thread by; the header may not grow for ever.</summary>
    private const int MaxReferences = 20;

    public static async Task<ReplyThread> OfAsync(HelpdeskDb db, long ticketId, CancellationToken cancel)
    {
        var messages = db.TicketMessages.Where(message => message.TicketId == ticketId && message.MessageId != null && !message.Internal);
        var last = await messages.Where(message => message.Direction == MessageDirection.Inbound && message.Automatic == Mail.Reports.AutomaticKind.None).OrderByDescending(message => message.Id)
                .Select(message => new { message.MessageId, message.References, message.To, message.Cc }).FirstOrDefaultAsync(cancel)
            ?? await messages.OrderByDescending(message => message.Id).Select(message => new { message.MessageId, message.References, message.To, message.Cc }).FirstOrDefaultAsync(cancel);
        if (last is null || !MessageId.TryParse($"<{last.MessageId}>", out var parent)) return new ReplyThread([], [], []);
        var chain = Parse(last.References).Append(parent).Distinct().ToList();
        if (chain.Count > MaxReferences) chain.RemoveRange(1, chain.Count - MaxReferences);
        return new ReplyThread([parent], chain, [.. last.To.Concat(last.Cc).DistinctBy(address => address.Address)]);
    }

    private static IEnumerable<MessageId> Parse(string? references) =>
        MessageId.ParseList(string.Join(' ', (references ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => $"<{id}>")));
}
