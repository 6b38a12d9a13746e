using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>Brings the configuration to what a file says: all or nothing, unknown fields and bad values named, what the file doesn't mention stays.</summary>
public sealed class ConfigurationImporter(
    IDbContextFactory<HelpdeskDb> contexts, MailboxEditor mailboxes, OutboundAccountEditor accounts, AliasDomainEditor domains, FilterEditor filters, SecretProtector secrets, LiveUpdates live)
{
    internal const int Version = 1;

    /// <summary>A field given twice is a slip that only one of the two survives, so it is refused.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="json">UTF-8.</param>
    /// <param name="dryRun">Only tell the differences.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>One line a difference, secrets shown as "changed"; or faults by JSON path.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> ImportAsync(ReadOnlyMemory<byte> json, bool dryRun, CancellationToken cancel = default)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Strict);
        }
        catch (JsonException error)
        {
            return Faults.Of("", $"Not JSON: {error.Message}");
        }

        using (document)
        {
            return await ImportAsync(document.RootElement, dryRun, cancel);
        }
    }

    private async Task<Outcome<IReadOnlyList<string>>> ImportAsync(JsonElement root, bool dryRun, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var before = await ConfigurationExporter.ExportAsync(db, cancel);
            var run = new ImportRun(db, mailboxes, accounts, domains, filters, secrets);
            await run.ReadAsync(root, cancel);
            if (run.Faults.Any) return run.Faults;

            var after = await ConfigurationExporter.ExportAsync(db, cancel);
            List<string> differences = [.. Differences.Between(before, after), .. run.Secrets];
            if (dryRun || differences.Count == 0) return differences; // leaving without a commit takes everything back

            await transaction.CommitAsync(cancel);
            live.Publish(LiveTopic.Mailboxes);
            return differences;
        }
        catch (DbUpdateException error) when (DatabaseFault.IsUniqueViolation(error) || DatabaseFault.IsReferenceViolation(error))
        {
            return Faults.Of("", "Somebody else has just changed the configuration. Nothing was imported; try again.");
        }
    }
}
