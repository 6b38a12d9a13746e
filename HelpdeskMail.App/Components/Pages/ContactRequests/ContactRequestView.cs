using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Departments;

namespace HelpdeskMail.App.Components.Pages.ContactRequests;

/// <param name="Next">Where the next page begins; null: there is none.</param>
/// <param name="Holding">Whether any mailbox holds mail.</param>
internal sealed record ContactRequestView(IReadOnlyList<ContactRequestRow> Rows, int Total, string? Next, IReadOnlyList<QueueChoice> Queues, bool Holding)
{
    /// <summary>Those that may still become something.</summary>
    public IEnumerable<ContactRequestRow> Open => Rows.Where(row => row.TicketId is null);
}
