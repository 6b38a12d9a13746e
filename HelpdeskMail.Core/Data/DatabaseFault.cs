using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HelpdeskMail.Core.Data;

/// <summary>Tells a database that can't work now (disk full, locked, gone) from one that refuses a certain row.</summary>
public static class DatabaseFault
{
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
                    return other.IsTransient || other is NpgsqlException || (other is Microsoft.Data.SqlClient.SqlException server && server.Class >= 17);
                case TimeoutException or IOException:
                    return true;
            }
        }
        return false;
    }
}
