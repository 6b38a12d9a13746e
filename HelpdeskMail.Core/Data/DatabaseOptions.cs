namespace HelpdeskMail.Core.Data;

/// <summary>The section "Database" of the application settings, with the connection string "Helpdesk".</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; set; } = "Data Source=data/helpdesk.db";

    /// <summary>Commands per round trip; null: the provider's own.</summary>
    public int? MaxBatchSize { get; set; }
}
