using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : HelpdeskDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        TextSearch.MapPostgres(builder);
    }
}
