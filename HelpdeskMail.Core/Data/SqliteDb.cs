using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HelpdeskDb(options);
