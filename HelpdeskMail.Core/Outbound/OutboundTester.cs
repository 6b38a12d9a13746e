using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Tries an outbound account's settings step by step, sends a test mail to the account itself, and looks whether it comes back.</summary>
public sealed class OutboundTester(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, RoundTrip roundTrip, TimeProvider time)
{
    public IAsyncEnumerable<TestStep> TestAsync(OutboundAccountDraft draft, TestOptions? options = null, CancellationToken cancel = default)
    {
        options ??= TestOptions.Default;
        return TestRun.StreamAsync(time, draft.Host.Trim(), options, (run, token) => TestAsync(draft, options, run, token), cancel);
    }

    private async Task TestAsync(OutboundAccountDraft draft, TestOptions options, TestRun run, CancellationToken cancel)
    {
        if (!MailAddress.TryParse(draft.Address, out var address))
            throw run.Fail("send", $"{draft.Address} is not a mail address.");
        var password = draft.Authenticate ? await PasswordAsync(draft, cancel) : null;
        if (draft.Authenticate && password is null)
            throw run.Fail("login", "Enter the password: the saved one is only used with the server and user name it was saved for.");

        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        await using var client = await run.ConnectAsync(options => SmtpClient.ConnectAsync(endpoint, options, ct: cancel));
        if (password is not null)
        {
            await run.StepAsync("login", async () =>
            {
                await client.LoginAsync(new MailCredentials.Password(draft.UserName, password), cancel);
                return $"Logged in as {draft.UserName}.";
            });
        }

        var sent = await SendAsync(client, draft, address, run, cancel);
        await client.QuitAsync(cancel);
        if (sent is { } id && await roundTrip.WaitAsync(address.Address, id, options.Trace, cancel) is { } back)
            run.Add(back);
    }

    /// <summary>The test mail's id; null where the server did not take it.</summary>
    private async Task<MessageId?> SendAsync(SmtpClient client, OutboundAccountDraft draft, MailAddress address, TestRun run, CancellationToken cancel)
    {
        var from = address with { DisplayName = draft.DisplayName.Length > 0 ? draft.DisplayName : null };
        var mail = new OutgoingMessage
        {
            From = [from],
            To = [from],
            Date = time.GetUtcNow(),
            MessageId = MessageId.New(address.AsciiDomain ?? "localhost", time),
            Subject = "Test mail",
            Text = "This account can send: the help desk sent this mail to the account itself to try it.\n",
        };
        mail.AddHeader("Auto-Submitted", "auto-generated");

        var started = time.GetTimestamp();
        var result = (await client.SendAsync(new SmtpEnvelope(address.Address, [address.Address]), mail.ToBytes(), cancel)).Recipients[0];
        var took = time.GetElapsedTime(started).TotalMilliseconds;
        var text = result.State switch
        {
            RecipientState.Accepted => $"The server took the test mail to {draft.Address}.",
            RecipientState.Deferred => "The server does not take the test mail now and asks to try again later.",
            RecipientState.Failed => result.Refusal is { } refusal ? $"{MailErrors.PlainWords(new MailRefusedException(refusal))} {ErrorAdvice.For(MailboxErrorKind.ServerRefused, draft.Host, result.Answer?.ToString() ?? refusal.Text)}" : result.Text,
            RecipientState.Uncertain => "The connection was lost while the server had the test mail: it may or may not arrive.",
            _ => throw new InvalidOperationException($"Unknown state {result.State}."),
        };
        run.Add(new TestStep("send", result.State == RecipientState.Accepted, took, text, result.Answer?.ToString() ?? result.Text));
        return result.State == RecipientState.Accepted ? mail.MessageId : null;
    }

    private async Task<string?> PasswordAsync(OutboundAccountDraft draft, CancellationToken cancel)
    {
        if (draft.Password is not null)
            return draft.Password;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var saved = await db.OutboundAccounts.AsNoTracking().FirstOrDefaultAsync(account => account.Id == draft.Id, cancel);
        return saved is not null && draft.IsSameServer(saved)
            ? secrets.Unprotect(saved.ProtectedPassword)
            : null;
    }
}
