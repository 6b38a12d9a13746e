using HelpdeskMail.Core;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <summary>What the log's page shows at one time.</summary>
internal sealed record LogView(Page<Communication> Page, CommunicationSummary Summary, IReadOnlyList<string> Accounts);
