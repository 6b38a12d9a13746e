using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HelpdeskMail.Core.Data;

/// <summary>Every time in the database is UTC; SQLite and SQL Server forget the kind, so reading puts it back.</summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
