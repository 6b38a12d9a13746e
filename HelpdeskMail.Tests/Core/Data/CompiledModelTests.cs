using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Data.Compiled.Postgres;
using HelpdeskMail.Core.Data.Compiled.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace HelpdeskMail.Tests.Core.Data;

/// <summary>EF doesn't notice when the generated model is another than the code's: a new column would be missing in every query.</summary>
public sealed class CompiledModelTests
{
    [Fact]
    public void Sqlite_GeneratedModel_IsWhatTheCodeSays()
    {
        using var db = new SqliteDesign().CreateDbContext([]);

        Assert.Same(SqliteDbModel.Instance, db.Model);
        AssertToday(db);
    }

    [Fact]
    public void Postgres_GeneratedModel_IsWhatTheCodeSays()
    {
        using var db = new PostgresDesign().CreateDbContext([]);

        Assert.Same(PostgresDbModel.Instance, db.Model);
        AssertToday(db);
    }

    private static void AssertToday(HelpdeskDb db)
    {
        var (code, generated) = (Description(db.GetService<IDesignTimeModel>().Model), Description(db.Model));
        Assert.True(code.Count > 300);
        Assert.True(
            code.SequenceEqual(generated),
            $"The model in HelpdeskMail.Core/Data/Compiled is not today's; ./dev.sh model makes it anew. The first difference: {code.Except(generated).Concat(generated.Except(code)).FirstOrDefault("the order")}");
    }

    private static List<string> Description(IModel model) =>
    [
        .. model.GetDbFunctions().Select(function => $"function {function.Name}"),
        .. model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(Description),
    ];

    private static IEnumerable<string> Description(IEntityType type)
    {
        yield return $"{type.Name} in {type.GetTableName()}{(type.IsMappedToJson() ? ", JSON in " + type.GetContainerColumnName() : null)}";
        foreach (var property in type.GetProperties())
        {
            var mapping = property.GetTypeMapping();
            yield return $"{type.Name}.{property.Name}: {property.ClrType} as {property.GetColumnName()} {property.GetColumnType()}, {(property.IsNullable ? "null" : "not null")}, "
                + $"length {property.GetMaxLength()}, {property.ValueGenerated}, {property.GetBeforeSaveBehavior()} {property.GetAfterSaveBehavior()}, "
                + $"token {property.IsConcurrencyToken}, sentinel {property.Sentinel}, {mapping.Converter?.GetType()}, {property.GetValueComparer().GetType()}, {property.GetProviderValueComparer().Type}";
        }

        foreach (var key in type.GetKeys()) yield return $"{type.Name} key {Names(key.Properties)}, primary {key.IsPrimaryKey()}";
        foreach (var index in type.GetIndexes()) yield return $"{type.Name} index {Names(index.Properties)}, {index.Name}, unique {index.IsUnique}";
        foreach (var foreign in type.GetForeignKeys())
            yield return $"{type.Name} to {foreign.PrincipalEntityType.Name} {Names(foreign.Properties)}, {foreign.DeleteBehavior}, required {foreign.IsRequired}, owned {foreign.IsOwnership}, {foreign.DependentToPrincipal?.Name}, {foreign.PrincipalToDependent?.Name}";
        foreach (var skip in type.GetSkipNavigations()) yield return $"{type.Name}.{skip.Name} by {skip.JoinEntityType.Name}";
    }

    private static string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(property => property.Name));
}
