using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HelpdeskMail.Core.Data;

/// <summary>What a database refused, told the same for all three providers.</summary>
public static class DbFaults
{
    private const int SqliteUnique = 2067; // SQLITE_CONSTRAINT_UNIQUE
    private const int SqlitePrimaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    private const int SqliteForeignKey = 787; // SQLITE_CONSTRAINT_FOREIGNKEY

    /// <summary>Somebody else was first with this key. SQL Server tells an index (2601) from a constraint (2627); both count.</summary>
    public static bool IsUniqueViolation(Exception? error) => Innermost(error) switch
    {
        SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        SqlException { Number: 2601 or 2627 } => true,
        _ => false,
    };

    /// <summary>Something still refers to what was to go, or what was referred to is gone.</summary>
    public static bool IsReferenceViolation(Exception? error) => Innermost(error) switch
    {
        SqliteException { SqliteExtendedErrorCode: SqliteForeignKey } => true,
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation } => true,
        SqlException { Number: 547 } => true,
        _ => false,
    };

    private static Exception? Innermost(Exception? error)
    {
        while (error is { InnerException: { } inner } and not (SqliteException or PostgresException or SqlException)) error = inner;
        return error;
    }
}
