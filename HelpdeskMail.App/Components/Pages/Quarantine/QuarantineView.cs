using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;

namespace HelpdeskMail.App.Components.Pages.Quarantine;

public sealed record QuarantineListView(QuarantinePart Part, IReadOnlyList<QuarantineCount> Counts, IReadOnlyList<QueueChoice> Queues);

/// <param name="Mail">Null: held back on its server.</param>
public sealed record QuarantineItemView(QuarantineRow Row, StoredMailView? Mail, IReadOnlyList<QueueChoice> Queues);
