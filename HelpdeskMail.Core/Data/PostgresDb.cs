using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : HelpdeskDb(options);
