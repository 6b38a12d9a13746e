using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Outbound;

/// <param name="AccountError">Null where the account worked.</param>
internal sealed record SendOutcome(IReadOnlyDictionary<long, (OutboxState State, string Answer)> ByRecipient, string? AccountError);

/// <summary>The connection that an account's due mails share. Opened for the first of them, once again after a fault, and no more after it could not be opened:
/// a server that is away isn't asked for every mail.</summary>
internal sealed class OutboundSession(OutboundAccount account, SecretProtector secrets, CommunicationLogger communications, TimeProvider time) : IAsyncDisposable
{
    private SmtpClient? client;
    private OpenCommunication? log;
    private string? unusable;
    private int accepted;

    public long? ConnectionId => log?.Id;

    public async Task<SendOutcome> SendAsync(OutboxMail mail, IReadOnlyList<OutboxRecipient> recipients, Func<Task> beforeComplete, CancellationToken cancel)
    {
        if (!await ReadyAsync(cancel)) return new SendOutcome(recipients.ToDictionary(recipient => recipient.Id, _ => (OutboxState.Deferred, unusable!)), unusable);
        var envelope = new SmtpEnvelope(mail.EnvelopeFrom, [.. recipients.Select(recipient => recipient.Address)])
        {
            DsnNotify = mail.EnvelopeFrom.Length == 0 ? "NEVER" : "FAILURE,DELAY",
            DsnEnvelopeId = mail.MessageId,
        };
        var result = await client!.SendAsync(envelope, mail.Raw, beforeComplete, cancel);
        var byAddress = result.Recipients.ToDictionary(recipient => recipient.Address, StringComparer.Ordinal);
        foreach (var recipient in result.Recipients)
        {
            var level = recipient.State == RecipientState.Accepted ? LogLevels.Info : LogLevels.Warning;
            log!.Add(level, "send", $"{recipient.State} for {recipient.Address}", recipient.Answer?.ToString() ?? recipient.Text);
        }
        accepted += result.Recipients.Count(recipient => recipient.State == RecipientState.Accepted);
        return new SendOutcome(
            recipients.ToDictionary(recipient => recipient.Id, recipient => byAddress[recipient.Address] is var one ? (OutboxResults.StateOf(one.State), one.Answer?.ToString() ?? one.Text) : default),
            result.Fault?.Text);
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.QuitAsync();
            await client.DisposeAsync();
        }
        if (log is null) return;
        await (unusable is null
            ? log.FinishAsync(CommunicationStatus.Successful, $"{accepted} accepted.", CancellationToken.None)
            : log.FinishAsync(CommunicationStatus.Failed, unusable, CancellationToken.None));
    }

    private async Task<bool> ReadyAsync(CancellationToken cancel)
    {
        if (unusable is not null) return false;
        if (client is { IsConnected: true }) return true;
        if (client is not null) await client.DisposeAsync();
        client = null;
        log ??= await communications.StartAsync(CommunicationDirection.Outgoing, account.Name, null, account.Id, cancel);
        var password = account.UserName is { Length: > 0 } ? secrets.Unprotect(account.ProtectedPassword) : "";
        if (password is null)
        {
            unusable = "No password is saved for this account, or the key that protects it is gone. Enter it again.";
            log.Add(LogLevels.Error, "login", unusable);
            return false;
        }
        try
        {
            client = await OpenAsync(password, cancel);
            return true;
        }
        catch (MailException fault)
        {
            unusable = MailErrors.PlainWords(fault);
            log.Add(LogLevels.Error, "connect", unusable, MailErrors.ServerWords(fault));
            return false;
        }
    }

    private async Task<SmtpClient?> OpenAsync(string password, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(account.Host, account.Port, account.Encryption, account.PinnedCertificate);
        var opened = await SmtpClient.ConnectAsync(endpoint, new TransportOptions { Time = time }, ct: cancel);
        try
        {
            log!.Add(LogLevels.Info, "connect", $"Connected to {endpoint}{(opened.IsEncrypted ? ", encrypted" : ", not encrypted")}.", opened.Greeting);
            if (account.UserName is not { Length: > 0 } user) return opened;
            await opened.LoginAsync(new MailCredentials.Password(user, password), cancel);
            log.Add(LogLevels.Info, "login", $"Logged in as {user}.");
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }
}
