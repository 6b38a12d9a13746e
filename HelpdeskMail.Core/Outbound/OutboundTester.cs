using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Tries an outbound account's settings step by step and sends a test mail to the account itself.</summary>
public sealed class OutboundTester(SecretProtector secrets)
{
    public IAsyncEnumerable<TestStep> TestAsync(OutboundAccountDraft draft, CancellationToken cancel = default) => throw new NotSupportedException(secrets.ToString());
}
