using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HelpdeskMail.Core.Data;

/// <summary>Tells a database that can't work now (disk full, locked, gone) from one that refuses a certain row, and why it does; the same for all three providers.</summary>
public static class DatabaseFault
{
    private const int SqliteUnique = 2067; // SQLITE_CONSTRAINT_UNIQUE
    private const int SqlitePrimaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    private const int SqliteForeignKey = 787; // SQLITE_CONSTRAINT_FOREIGNKEY

    // SQLite result codes (sqlite.org/rescode.html): PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB
    private static readonly int[] SqliteStorage = [3, 5, 6, 7, 8, 10, 11, 13, 14, 26];

    /// <summary>True where trying the same again later may work: nothing is wrong with what was to be written.</summary>
    public static bool IsStorage(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException!)
        {
            switch (e)
            {
                case SqliteException sqlite:
                    return SqliteStorage.Contains(sqlite.SqliteErrorCode);
                case PostgresException postgres: // classes 08 connection, 40 rollback, 53 resources, 55 state, 57 operator, 58 system
                    return postgres.IsTransient || postgres.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58" or "25";
                case DbException other:
                    return other.IsTransient || other is NpgsqlException || (other is SqlException server && server.Class >= 17);
                case TimeoutException or IOException:
                    return true;
            }
        }
        return false;
    }

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
