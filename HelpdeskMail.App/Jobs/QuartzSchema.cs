using Microsoft.Data.SqlClient;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>Creates the scheduler's tables on SQL Server from the script that Quartz carries; on the other providers Quartz does it itself.</summary>
internal static class QuartzSchema
{
    private const string Script = "Quartz.Impl.AdoJobStore.Schema.create_sqlServer.sql";
    private const string Prefix = "QRTZ_";

    /// <summary>The script's statements, each of which creates only what is missing.</summary>
    public static IReadOnlyList<string> SqlServerStatements()
    {
        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream(Script) ?? throw new InvalidOperationException($"Quartz carries no {Script}");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n--;;\n").Skip(1).Select(statement => statement.Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal))];
    }

    public static async Task CreateOnSqlServerAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        foreach (var statement in SqlServerStatements())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
