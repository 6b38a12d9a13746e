using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace HelpdeskMail.Core.Data;

/// <summary>Many rows in one statement whatever their number, where EF's statement for a thousand rows is a text of its own. New rows go by COPY, which takes the server
/// the least; of rows that change each column goes as one array, which the server takes apart again.</summary>
internal static class PostgresRows
{
    /// <summary>Keys for rows that are about to be written.</summary>
    public static async Task<long[]> NextKeysAsync(HelpdeskDb db, IEntityType type, IProperty key, int count, CancellationToken cancel)
    {
        await using var command = Command(db, "SELECT array_agg(nextval((SELECT pg_get_serial_sequence($1, $2)::regclass))) FROM generate_series(1, $3)"); // looked up once, not for each key
        command.Parameters.Add(new NpgsqlParameter { Value = Table(type) });
        command.Parameters.Add(new NpgsqlParameter { Value = key.GetColumnName() });
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        return (long[])(await command.ExecuteScalarAsync(cancel))!;
    }

    public static async Task InsertAsync<T>(HelpdeskDb db, IEntityType type, IReadOnlyList<IProperty> columns, IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        _ = Transaction(db);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {Table(type)} ({string.Join(", ", columns.Select(Column))}) FROM STDIN (FORMAT BINARY)", cancel);
        stream.ReadTimeout = stream.WriteTimeout = 1000 * (db.Database.GetCommandTimeout() ?? connection.CommandTimeout);
        try
        {
            using var copy = new PostgresCopy(stream);
            var values = columns.Select(RowProperty<T>.Stored).ToArray();
            copy.Start();
            foreach (var row in rows)
            {
                copy.StartRow(values.Length);
                foreach (var value in values) await copy.WriteAsync(value(row), cancel);
                await copy.EndRowAsync(cancel);
            }
            await copy.EndAsync(cancel);
        }
        catch
        {
            await GiveUpAsync(stream);
            throw;
        }
    }

    /// <summary>Before disposing of it, which would end the command as if all were there. What went wrong is thrown already.</summary>
    private static async Task GiveUpAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (Exception fault) when (fault is ObjectDisposedException or DbException or IOException or TimeoutException)
        {
            // the connection is gone
        }
    }

    /// <param name="columns">What is written; the last one is the key.</param>
    public static async Task UpdateAsync<T>(HelpdeskDb db, IEntityType type, IReadOnlyList<IProperty> columns, IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        var names = columns.Select((_, index) => $"c{index}").ToList();
        var set = string.Join(", ", columns.SkipLast(1).Select((column, index) => $"{Column(column)} = u.c{index}"));
        await using var command = Command(db, $"UPDATE {Table(type)} AS t SET {set} FROM {Arrays(columns)} AS u({string.Join(", ", names)}) WHERE t.{Column(columns[^1])} = u.{names[^1]}");
        AddArrays(command, columns, rows);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Command(HelpdeskDb db, string text)
    {
        var transaction = Transaction(db);
        var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction;
        if (db.Database.GetCommandTimeout() is { } timeout) command.CommandTimeout = timeout;
#pragma warning disable CA2100 // names from the model, values as parameters
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private static NpgsqlTransaction Transaction(HelpdeskDb db) =>
        (NpgsqlTransaction)(db.Database.CurrentTransaction ?? throw new InvalidOperationException("Many rows are written inside a transaction.")).GetDbTransaction();

    private static string Arrays(IEnumerable<IProperty> columns) => $"unnest({string.Join(", ", columns.Select((column, index) => $"${index + 1}::{column.GetColumnType()}[]"))})";

    private static void AddArrays<T>(NpgsqlCommand command, IReadOnlyList<IProperty> columns, IReadOnlyCollection<T> rows)
        where T : class
    {
        foreach (var column in columns)
        {
            var stored = RowProperty<T>.Stored(column);
            var type = column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType;
            var array = Array.CreateInstance(type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type, rows.Count);
            var index = 0;
            foreach (var row in rows) array.SetValue(stored(row), index++);
            var parameter = command.Parameters.Add(new NpgsqlParameter { Value = array });
            if (array is DateTime?[]) parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz; // by a null at its beginning it would be taken for times without a zone, and refused
        }
    }

    private static string Table(IEntityType type) => $"\"{type.GetTableName()}\"";

    private static string Column(IProperty property) => $"\"{property.GetColumnName()}\"";
}
