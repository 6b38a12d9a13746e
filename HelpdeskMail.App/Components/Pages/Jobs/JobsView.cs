using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Pages.Jobs;

/// <param name="Chosen">The job whose history is shown; null: all.</param>
internal sealed record JobsView(IReadOnlyList<JobRow> Jobs, Page<JobRun> History, JobRow? Chosen, IReadOnlyDictionary<long, MailboxStatus> Mailboxes);
