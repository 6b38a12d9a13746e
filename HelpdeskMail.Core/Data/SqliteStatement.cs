using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace HelpdeskMail.Core.Data;

/// <summary>One statement, prepared once and run for row after row, straight on SQLite's own functions: the driver looks every parameter up by its name
/// and makes a reader for each run, which together cost more than the insert. Columns are written as the driver and EF write them.</summary>
internal sealed class SqliteStatement<T> : IDisposable
    where T : class
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly Action<T, int>[] bindings;

    /// <param name="db">A context whose connection is open, in a transaction.</param>
    /// <param name="properties">Parameters 1, 2, … of the statement.</param>
    /// <param name="text">With a question mark for each parameter.</param>
    public SqliteStatement(HelpdeskDb db, IReadOnlyList<IProperty> properties, string text)
    {
        _ = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Many rows are written inside a transaction.");
        connection = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        Check(raw.sqlite3_prepare_v2(connection, text, out statement));
        bindings = [.. properties.Select(Binding)];
    }

    /// <summary>Runs it for a row; returns the rowid that an insert gave.</summary>
    public long Execute(T row)
    {
        for (var index = 0; index < bindings.Length; index++) bindings[index](row, index + 1);
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement); // gives the step's fault again
        if (result != raw.SQLITE_DONE) Check(result);
        return raw.sqlite3_last_insert_rowid(connection);
    }

    public void Dispose() => statement.Dispose();

    private Action<T, int> Binding(IProperty property)
    {
        var stored = RowProperty<T>.Stored(property);
        return (row, index) => Check(stored(row) switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            string text => raw.sqlite3_bind_text(statement, index, text),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            int number => raw.sqlite3_bind_int(statement, index, number),
            bool flag => raw.sqlite3_bind_int(statement, index, flag ? 1 : 0),
            double number => raw.sqlite3_bind_double(statement, index, number),
            DateTime moment => BindTime(index, moment),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(statement, index, bytes.Span),
            var value => throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is a {value.GetType()}."),
        });
    }

    private int BindTime(int index, DateTime moment)
    {
        // "2026-11-22 02:45:01.1234567", without trailing zeros: what the driver writes.
        Span<byte> text = stackalloc byte[32];
        moment.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return raw.sqlite3_bind_text(statement, index, text[..length]);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, connection);
    }
}
