using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes.Health;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Fetching;

/// <summary>The one place that hears when a mailbox begins to fail and when it works again: once each, however many failures lie between.
/// It runs inside the transaction that takes the turn down; what it writes there is written exactly once.</summary>
public sealed partial class MailboxTurns(ILogger<MailboxTurns> logger)
{
    /// <param name="db">In the transaction; saved by the caller.</param>
    /// <param name="trouble">Just begun, or, with <see cref="MailboxTrouble.EndedAt"/>, just ended.</param>
    internal Task TurnedAsync(HelpdeskDb db, string mailbox, MailboxTrouble trouble, CancellationToken cancel)
    {
        if (trouble.EndedAt is null) LogFails(logger, mailbox, trouble.Text, trouble.Server);
        else LogRecovered(logger, mailbox, trouble.Count);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Mailbox} can't be fetched: {Text} {Server}")]
    private static partial void LogFails(ILogger logger, string mailbox, string text, string? server);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {Mailbox} works again after {Count} failures")]
    private static partial void LogRecovered(ILogger logger, string mailbox, int count);
}
