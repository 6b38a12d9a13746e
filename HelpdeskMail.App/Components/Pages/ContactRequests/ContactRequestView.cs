using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Departments;

namespace HelpdeskMail.App.Components.Pages.ContactRequests;

/// <param name="Total">Null: words are looked for, and nobody counted.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
/// <param name="SearchedTo">Looking for words ended here because it took too long.</param>
/// <param name="Holding">Whether any mailbox holds mail.</param>
internal sealed record ContactRequestView(IReadOnlyList<ContactRequestRow> Rows, int? Total, string? Next, DateTime? SearchedTo, IReadOnlyList<QueueChoice> Queues, bool Holding)
{
    /// <summary>Those that may still become something.</summary>
    public IEnumerable<ContactRequestRow> Open => Rows.Where(row => row.TicketId is null);
}
