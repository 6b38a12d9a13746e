using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpdeskMail.Core.Data;

/// <summary>Writes many rows of one kind, inside the context's transaction. On SQLite, where EF prepares every row's statement anew, by one prepared statement
/// (several times faster); on the servers by EF, which sends them in few round trips. Rows are written flat: navigations must be empty.</summary>
internal static class BulkRows
{
    /// <summary>Inserts the rows and gives them their generated keys.</summary>
    public static async Task InsertAsync<T>(HelpdeskDb db, IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        if (rows.Count == 0) return;
        if (!db.Database.IsSqlite())
        {
            db.AddRange(rows);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            return;
        }
        var type = TypeOf<T>(db);
        var key = type.FindPrimaryKey()!.Properties[0];
        var generated = key.ValueGenerated == ValueGenerated.OnAdd;
        var columns = type.GetProperties().Where(property => !generated || property != key).ToArray();
        await using var statement = new Statement(db, columns, table =>
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(Column))}) VALUES ({string.Join(", ", columns.Select((_, index) => $"@p{index}"))}){(generated ? $" RETURNING {Column(key)}" : "")}");
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            var id = statement.Execute(row);
            if (generated) key.PropertyInfo!.SetValue(row, id);
        }
    }

    /// <summary>Writes the named properties of rows that exist; their other columns stay.</summary>
    public static async Task UpdateAsync<T>(HelpdeskDb db, IReadOnlyCollection<T> rows, IReadOnlyCollection<string> properties, CancellationToken cancel)
        where T : class
    {
        if (rows.Count == 0) return;
        if (!db.Database.IsSqlite())
        {
            foreach (var row in rows)
            {
                var entry = db.Attach(row);
                foreach (var property in properties) entry.Property(property).IsModified = true;
            }
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            return;
        }
        var type = TypeOf<T>(db);
        var key = type.FindPrimaryKey()!.Properties[0];
        IProperty[] columns = [.. properties.Select(name => type.FindProperty(name)!), key];
        await using var statement = new Statement(db, columns, table =>
            $"UPDATE {table} SET {string.Join(", ", columns.SkipLast(1).Select((column, index) => $"{Column(column)} = @p{index}"))} WHERE {Column(key)} = @p{columns.Length - 1}");
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            statement.Execute(row);
        }
    }

    private static IEntityType TypeOf<T>(HelpdeskDb db) => db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in the model.");

    private static string Column(IProperty property) => $"\"{property.GetColumnName()}\"";

    private sealed class Statement : IAsyncDisposable
    {
        private readonly DbCommand command;
        private readonly (IProperty Property, DbParameter Parameter)[] columns;

        public Statement(HelpdeskDb db, IProperty[] properties, Func<string, string> text)
        {
            var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Many rows are written inside a transaction.");
            command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
#pragma warning disable CA2100 // names from the model, values as parameters
            command.CommandText = text($"\"{properties[0].DeclaringType.GetTableName()}\"");
#pragma warning restore CA2100
            columns = [.. properties.Select((property, index) => (property, (DbParameter)new SqliteParameter($"@p{index}", DBNull.Value)))];
            foreach (var (_, parameter) in columns) command.Parameters.Add(parameter);
        }

        /// <summary>SQLite answers at once: there is nothing to await.</summary>
        public object? Execute(object row)
        {
            foreach (var (property, parameter) in columns)
            {
                var value = property.GetGetter().GetClrValue(row);
                var converter = property.GetTypeMapping().Converter;
                parameter.Value = (value is null || converter is null ? value : converter.ConvertToProvider(value)) ?? DBNull.Value;
            }
            return command.ExecuteScalar();
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
