using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing;

namespace HelpdeskMail.App.Api;

/// <summary>The configuration's fields without secrets, with id and status.</summary>
internal sealed record MailboxJson(
    long Id, string Name, string Description, MailboxProtocol Protocol, string Address, string Host, int Port, Encryption Encryption, string UserName, string? PinnedCertificate, string Folder,
    AfterFetch AfterFetch, string ArchiveFolder, string Queue, DispatchMode Dispatch, bool Trusted, bool RepliesOnly, bool HoldAsContactRequests, string AuthServers, bool AgentsNeedPass, ReplyToPolicy? ReplyTo, string FirstFetch, bool Notices, bool FirstFetchNotices, string? ReplyVia,
    int IntervalMinutes, bool Push, Validity Validity, string Comment, bool PasswordSaved, MailboxStatusJson Status);

internal sealed record MailboxStatusJson(
    MailboxState State, DateTime? LastFetchAt, DateTime? LastSuccessAt, int ErrorStreak, MailboxErrorJson? Error, DateTime? NextAttemptAt, DateTime? CertificateExpiresAt, MailboxPushJson Push)
{
    public static MailboxStatusJson Of(MailboxStatus status, DateTime now) => new(
        status.State, status.LastFetchAt, status.LastSuccessAt, status.ErrorStreak,
        status.ErrorKind is { } kind ? new MailboxErrorJson(kind, status.ErrorText ?? "", status.ErrorServer, status.ErrorAdvice) : null,
        status.NextAttemptAt, status.CertificateExpiresAt,
        status.PushAt(now) is var push and not PushState.None ? new MailboxPushJson(push, status.PushSince, status.PushRetryAt) : new MailboxPushJson(PushState.None, null, null));
}

/// <param name="RetryAt">When a lost connection is made again; null unless it is lost.</param>
internal sealed record MailboxPushJson(PushState State, DateTime? Since, DateTime? RetryAt);

internal sealed record MailboxErrorJson(MailboxErrorKind Kind, string Text, string? Server, string? Advice);

/// <summary>What POST and PUT take; with PUT, what isn't there stays. Id and status may be sent back as they came and change nothing.</summary>
internal sealed class MailboxInput
{
    public long? Id { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public MailboxProtocol? Protocol { get; set; }

    public string? Address { get; set; }

    public string? Host { get; set; }

    public int? Port { get; set; }

    public Encryption? Encryption { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public string? PinnedCertificate { get; set; }

    public string? Folder { get; set; }

    public AfterFetch? AfterFetch { get; set; }

    public string? ArchiveFolder { get; set; }

    public string? Queue { get; set; }

    public DispatchMode? Dispatch { get; set; }

    public bool? Trusted { get; set; }

    public bool? RepliesOnly { get; set; }

    public bool? HoldAsContactRequests { get; set; }

    public string? AuthServers { get; set; }

    public bool? AgentsNeedPass { get; set; }

    public ReplyToPolicy? ReplyTo { get; set; }

    public string? FirstFetch { get; set; }

    public bool? Notices { get; set; }

    public bool? FirstFetchNotices { get; set; }

    public string? ReplyVia { get; set; }

    public int? IntervalMinutes { get; set; }

    public bool? Push { get; set; }

    public Validity? Validity { get; set; }

    public string? Comment { get; set; }

    public bool? PasswordSaved { get; set; }

    public System.Text.Json.JsonElement? Status { get; set; }
}
