using Npgsql;
using Xunit;

namespace HelpdeskMail.Tests;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task CreateDatabase_Twice_GivesTwoEmptyDatabases()
    {
        await using var first = new NpgsqlConnection(await postgres.CreateDatabaseAsync());
        await using var second = new NpgsqlConnection(await postgres.CreateDatabaseAsync());
        await first.OpenAsync();
        await second.OpenAsync();
        await using var create = new NpgsqlCommand("CREATE TABLE t (id int)", first);
        await create.ExecuteNonQueryAsync();
        await using var look = new NpgsqlCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", second);

        Assert.Equal(0L, await look.ExecuteScalarAsync());
    }
}
