using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

public sealed class SqlServerDb(DbContextOptions<SqlServerDb> options) : HelpdeskDb(options);
