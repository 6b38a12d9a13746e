using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Shows what the first fetch of a mailbox would take (E5), saved or not. Changes nothing, on the server or here.</summary>
public sealed class FirstFetchPreview(DraftAccess access, MailSourceFor sources, TimeProvider time)
{
    private readonly MailPreviews previews = new(sources, time);

    public Task<PreviewResult> LookAsync(MailboxDraft draft, CancellationToken cancel = default) => previews.LookAsync(
        token => access.MailboxAsync(draft, token),
        (mailbox, listed, _) => Task.FromResult<IReadOnlyList<SourceMessage>>([.. FirstFetchRule.Taken(mailbox.FirstFetch, listed)]),
        SourceQuery.Everything,
        cancel);
}
