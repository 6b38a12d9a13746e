namespace HelpdeskMail.Core.Fetching;

/// <summary>A row of a mailbox's ledger with what it leads to.</summary>
/// <param name="Entry">The row.</param>
/// <param name="TicketNumber">Of the ticket it became or belongs to.</param>
/// <param name="QuarantineId">The open quarantine item it is.</param>
public sealed record LedgerRow(LedgerEntry Entry, string? TicketNumber, long? QuarantineId);

/// <summary>Part of a ledger.</summary>
/// <param name="Total">Rows that the filter matches; null where words are looked for, which nothing has counted.</param>
/// <param name="Next">Where to go on; null: that was all.</param>
/// <param name="SearchedTo">Looking for words ended here because it took too long: what was seen earlier has not been looked at yet.</param>
public sealed record LedgerPart(IReadOnlyList<LedgerRow> Items, int? Total, ListPosition? Next, DateTime? SearchedTo);
