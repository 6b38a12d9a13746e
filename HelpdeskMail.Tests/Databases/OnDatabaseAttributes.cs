using System.Reflection;
using HelpdeskMail.Core.Data;
using Xunit.Sdk;

namespace HelpdeskMail.Tests;

/// <summary>
/// One run of a theory on SQLite, in a file. Use both: <c>[Theory, OnSqlite, OnPostgres]</c> on a method whose first parameter is the
/// <see cref="DatabaseProvider"/>; further parameters are given in the attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqliteAttribute(params object?[] more) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.Sqlite, .. more]];
}

/// <summary>One run of a theory on the private PostgreSQL; skipped, with the reason, where none can run.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnPostgresAttribute : DataAttribute
{
    private readonly object?[] more;

    public OnPostgresAttribute(params object?[] more)
    {
        this.more = more;
        Skip = PostgresAvailability.WhyNot;
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.PostgreSql, .. more]];
}
