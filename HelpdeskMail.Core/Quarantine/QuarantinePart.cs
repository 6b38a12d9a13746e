namespace HelpdeskMail.Core.Quarantine;

/// <summary>An item with its mailbox's name; null: it came through none.</summary>
public sealed record QuarantineRow(QuarantineItem Item, string? Mailbox);

/// <summary>Part of the quarantine list.</summary>
/// <param name="Next">The item to go on after; null: that was all.</param>
/// <param name="SearchedTo">Looking for words ended here because it took too long.</param>
public sealed record QuarantinePart(IReadOnlyList<QuarantineRow> Items, long? Next, DateTime? SearchedTo);

public sealed record QuarantineCount(string Reason, int Count);
