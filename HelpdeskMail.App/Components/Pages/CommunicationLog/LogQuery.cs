using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <summary>What the URL of the communication log says, read leniently: a value that makes no sense restricts nothing.</summary>
/// <param name="Range">"1h", "24h", "7d", "31d", "all", or "dates" with <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="After">Where a search for words goes on; "page" is a position there.</param>
internal sealed record LogQuery(
    string? Text, string? Account, CommunicationKind? Kind, CommunicationDirection? Direction, CommunicationStatus? Status, LogLevels? Level,
    string Range, DateOnly? From, DateOnly? To, CommunicationSort Sort, bool Ascending, int Page, ListPosition? After)
{
    public const int PageSize = 50;
    public const string DefaultRange = "7d";
    public static readonly IReadOnlyList<string> Ranges = ["1h", "24h", "7d", "31d", "all", "dates"];

    /// <param name="value">The value of a query parameter, or null.</param>
    public static LogQuery Read(Func<string, string?> value) => new(
        value("q") is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
        value("account") is { Length: > 0 } account ? account : null,
        One<CommunicationKind>(value("kind")),
        One<CommunicationDirection>(value("direction")),
        One<CommunicationStatus>(value("status")),
        One<LogLevels>(value("level")),
        value("range") is { } range && Ranges.Contains(range) ? range : DefaultRange,
        Date(value("from")),
        Date(value("to")),
        One<CommunicationSort>(value("sort")) ?? CommunicationSort.Started,
        value("dir") == "asc",
        int.TryParse(value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
        PagePosition.Read(value("page")));

    public bool IsFiltered => Text is not null || Account is not null || Kind is not null || Direction is not null || Status is not null || Level is not null;

    /// <summary>The time range in UTC; days are the viewer's.</summary>
    public (DateTime? From, DateTime? To) Span(DateTime now, TimeZoneInfo zone) => Range switch
    {
        "1h" => (now.AddHours(-1), null),
        "24h" => (now.AddHours(-24), null),
        "7d" => (now.AddDays(-7), null),
        "31d" => (now.AddDays(-31), null),
        "dates" => (From is { } from ? Utc(from, zone) : null, To is { } to ? Utc(to.AddDays(1), zone) : null),
        _ => (null, null),
    };

    public CommunicationFilter ToFilter(DateTime now, TimeZoneInfo zone)
    {
        var (from, to) = Span(now, zone);
        return new()
        {
            From = from,
            To = to,
            Text = Text,
            Account = Account,
            Kind = Kind,
            Direction = Direction,
            Status = Status,
            Level = Level,
            Sort = Sort,
            Ascending = Ascending,
            After = Text is null ? null : After,
            Page = Page,
            PageSize = PageSize,
        };
    }

    private static T? One<T>(string? name)
        where T : struct, Enum => name is { Length: > 0 } && char.IsAsciiLetter(name[0]) && Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static DateTime Utc(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, zone); // some zones skip midnight in spring
    }
}
