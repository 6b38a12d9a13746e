using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

internal sealed class HelpdeskDbFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<HelpdeskDb>
    where TContext : HelpdeskDb
{
    public HelpdeskDb CreateDbContext() => inner.CreateDbContext();
}
