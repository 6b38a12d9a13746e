using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Pages.Home;

/// <summary>Which steps of setting up are done. The first that isn't is the next; a later one may be done before it.</summary>
/// <param name="Mailbox">The mailbox that is tested and fetched from: the first that never worked, or else the first.</param>
public sealed record SetupProgress(IReadOnlyList<SetupItemState> Steps, MailboxRow? Mailbox)
{
    public int Done => Steps.Count(step => step == SetupItemState.Done);

    public bool Complete => Done == Steps.Count;

    public SetupItemState this[SetupStep step] => Steps[(int)step];

    public static SetupProgress Of(bool queue, bool outbound, IReadOnlyList<MailboxRow> mailboxes, bool tested, bool ticket)
    {
        var fetched = mailboxes.Any(row => row.Status.LastSuccessAt is not null);
        bool[] done = [queue, outbound, mailboxes.Count > 0, tested || fetched, fetched, ticket];
        var next = Array.IndexOf(done, false);
        return new SetupProgress(
            [.. done.Select((step, index) => step ? SetupItemState.Done : index == next ? SetupItemState.Next : SetupItemState.Open)],
            mailboxes.FirstOrDefault(row => row.Status.LastSuccessAt is null) ?? (mailboxes.Count > 0 ? mailboxes[0] : null));
    }

    public bool IsNext(SetupStep step) => this[step] == SetupItemState.Next;
}
