using System.Data.Common;
using System.Globalization;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HelpdeskMail.App.Composition;

/// <summary>The application settings (API.md, "Application settings"), read once at the start: all faults at once, each naming its key.</summary>
internal sealed record HelpdeskSettings(IReadOnlyList<string> Urls, DatabaseOptions Database, string DataDirectory, MailOptions Mail, bool JobsEnabled)
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Sections that are wholly ours: a key in them that we don't know is a typing error.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Database"] = ["Provider", "MaxBatchSize"],
        ["Data"] = ["Directory"],
        ["Mail"] = ["AllowedPorts", "MaxMessageBytes"],
        ["Jobs"] = ["Enabled"],
    };

    public static HelpdeskSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        foreach (var (section, keys) in Known)
        {
            foreach (var child in configuration.GetSection(section).GetChildren().Where(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
                faults.Add($"{child.Path}: there is no such setting; {section} has {string.Join(", ", keys)}");
        }

        var urls = ReadUrls(configuration, faults);
        var database = new DatabaseOptions();
        if (Value(configuration, "Database:Provider") is { } provider)
        {
            if (Enum.TryParse<DatabaseProvider>(provider, ignoreCase: true, out var parsed) && !char.IsAsciiDigit(provider[0])) database.Provider = parsed;
            else faults.Add($"Database:Provider: \"{provider}\" is none of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}");
        }

        database.MaxBatchSize = (int?)ReadNumber(configuration, "Database:MaxBatchSize", 1, 10_000, faults);
        ReadConnectionString(configuration, database, faults);

        var mail = new MailOptions();
        if (Value(configuration, "Mail:AllowedPorts") is { } ports)
        {
            if (PortList.TryParse(ports, out var list)) mail.AllowedPorts = list;
            else faults.Add($"Mail:AllowedPorts: \"{ports}\" is not a comma-separated list of ports (1 to 65535) and ranges such as 10000-20000");
        }

        mail.MaxMessageBytes = ReadNumber(configuration, "Mail:MaxMessageBytes", 1024, 1024 * 1024 * 1024, faults) ?? mail.MaxMessageBytes;
        var enabled = true;
        if (Value(configuration, "Jobs:Enabled") is { } jobs && !bool.TryParse(jobs, out enabled)) faults.Add($"Jobs:Enabled: \"{jobs}\" is neither true nor false");

        if (Value(configuration, MetricsExport.Endpoint) is { } collector && !(Uri.TryCreate(collector, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            faults.Add($"{MetricsExport.Endpoint}: \"{collector}\" is not an http or https address");

        var directory = Value(configuration, "Data:Directory") ?? "data";
        if (File.Exists(directory)) faults.Add($"Data:Directory: \"{directory}\" is a file");
        if (faults.Count > 0) throw new SettingsException(faults);
        return new HelpdeskSettings(urls, database, Path.GetFullPath(directory), mail, enabled);
    }

    /// <summary>An empty value counts as none: that is how an environment variable takes a setting back.</summary>
    private static string? Value(IConfiguration configuration, string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static long? ReadNumber(IConfiguration configuration, string key, long least, long most, List<string> faults)
    {
        if (Value(configuration, key) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        faults.Add($"{key}: \"{text}\" is not a number from {least} to {most}");
        return null;
    }

    private static string[] ReadUrls(IConfiguration configuration, List<string> faults)
    {
        var urls = (Value(configuration, "Urls") ?? DefaultUrls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
        {
            try
            {
                var address = BindingAddress.Parse(url);
                if (address.Scheme is not ("http" or "https") || address.Port is < 0 or > 65535) faults.Add($"Urls: \"{url}\" is not an http or https address");
            }
            catch (FormatException)
            {
                faults.Add($"Urls: \"{url}\" is not an http or https address");
            }
        }

        return urls;
    }

    private static void ReadConnectionString(IConfiguration configuration, DatabaseOptions database, List<string> faults)
    {
        const string key = "ConnectionStrings:Helpdesk";
        if (Value(configuration, key) is { } text) database.ConnectionString = text;
        try
        {
            // What a provider doesn't know it refuses; a SQLite string with PostgreSQL chosen is a common slip.
            DbConnectionStringBuilder builder = database.Provider switch
            {
                DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(database.ConnectionString),
                DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(database.ConnectionString),
                DatabaseProvider.SqlServer => new SqlConnectionStringBuilder(database.ConnectionString),
                _ => throw new ArgumentOutOfRangeException(nameof(database)),
            };
            if (builder is NpgsqlConnectionStringBuilder { Host: null or "" }) faults.Add($"{key}: names no Host");
            if (builder is SqlConnectionStringBuilder { DataSource: "" }) faults.Add($"{key}: names no Server");
            if (builder is SqliteConnectionStringBuilder { DataSource: "" }) faults.Add($"{key}: names no Data Source");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            faults.Add($"{key}: not a connection string for {database.Provider}: {e.Message}");
        }
    }
}
