using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.App.Components.Pages.Filters;

/// <summary>What the form needs.</summary>
/// <param name="SavedName">Empty for a new filter.</param>
public sealed record FilterFormData(FilterDraft Draft, string SavedName, IReadOnlyList<QueueChoice> Queues, IReadOnlyList<UserRow> Users);
