using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class SqlServerDb(DbContextOptions<SqlServerDb> options) : HelpdeskDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        TextSearch.MapSqlServer(builder);
    }
}
