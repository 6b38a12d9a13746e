using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.App.Components.Pages.Addresses;

/// <param name="Domains">To filter by; the first option is all of them.</param>
internal sealed record AliasListView(Page<AliasRow> Page, IReadOnlyList<Choice<string>> Domains);
