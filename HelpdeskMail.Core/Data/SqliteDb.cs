using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HelpdeskDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        TextSearch.MapSqlite(builder);
    }
}
