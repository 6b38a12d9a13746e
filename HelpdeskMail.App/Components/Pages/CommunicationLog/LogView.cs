using HelpdeskMail.Core;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <summary>What the log's page shows at one time.</summary>
/// <param name="Total">Null: words are looked for, and nobody counted.</param>
/// <param name="Next">While words are looked for: where to go on.</param>
/// <param name="SearchedTo">Looking for words ended here because it took too long.</param>
internal sealed record LogView(IReadOnlyList<Communication> Items, int? Total, ListPosition? Next, DateTime? SearchedTo, CommunicationSummary Summary, IReadOnlyList<string> Accounts);
