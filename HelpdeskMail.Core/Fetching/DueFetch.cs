namespace HelpdeskMail.Core.Fetching;

/// <summary>What came of a fetch that nobody asked for by hand.</summary>
/// <param name="Result">Null: there was none.</param>
/// <param name="RestsUntil">After failures the mailbox is left in peace until then (UTC); null with a null result: another worker has the mailbox now.</param>
public readonly record struct DueFetch(FetchResult? Result, DateTime? RestsUntil);
