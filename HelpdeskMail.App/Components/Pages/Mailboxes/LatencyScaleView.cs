using System.Globalization;
using System.Net;
using HelpdeskMail.Core.Mailboxes.Health;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>Where the parts of the latency chart stand, in units of its view box.</summary>
internal sealed class LatencyScaleView
{
    public const int Width = 640;
    public const int Height = 168;
    public const int Left = 60;
    public const int FailedY = 144;

    private const double Top = 10;
    private const double Bottom = 138;
    private const double Least = 0.1;
    private const double HoursY = 164;

    private static readonly (double Seconds, string Text)[] Ticks =
        [(1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h"), (36_000, "10 h"), (864_000, "10 d")];

    private readonly double most;

    public LatencyScaleView(IReadOnlyList<HealthHour> hours)
    {
        most = Math.Max(60, hours.Max(hour => hour.Figures.Latency?.P95.TotalSeconds) ?? 0) * 1.1;
        Lines = [.. Ticks.Where(tick => tick.Seconds <= most).Select(tick => new Line(Number(Y(tick.Seconds)), Text(Left - 6, Y(tick.Seconds) + 3.5, "end", tick.Text)))];
        Columns = [.. hours.Select((hour, index) => new Column(
            hour, Number(Left + (index * Pitch)), Part(hour.Figures.Latency?.Median), Part(hour.Figures.Latency?.P95), hour.Figures.Failures > 0))];
    }

    public static string Step => Number(Pitch);

    public static string Bar => Number(Pitch * 0.68);

    public IReadOnlyList<Line> Lines { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Below the columns: how long ago an hour was.</summary>
    public static string Hour(int ago, string words) => ago switch
    {
        0 => Text(Width, HoursY, "end", words),
        MailboxHealthQueries.DayHours => Text(Left, HoursY, "start", words),
        _ => Text(Left + ((MailboxHealthQueries.DayHours - ago + 0.34) * Pitch), HoursY, "middle", words),
    };

    private static double Pitch => (double)(Width - Left) / (MailboxHealthQueries.DayHours + 1);

    private double Y(double seconds) => Bottom - ((Bottom - Top) * Math.Log(Math.Max(seconds, Least) / Least) / Math.Log(most / Least));

    private Span? Part(TimeSpan? duration)
    {
        if (duration is not { } known) return null;
        var y = Math.Min(Y(known.TotalSeconds), Bottom - 2); // what took no time at all is still to be seen
        return new Span(Number(y), Number(Bottom - y));
    }

    /// <summary>SVG wants a point, whatever the viewer's language.</summary>
    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Razor takes SVG's text element for its own.</summary>
    private static string Text(double x, double y, string anchor, string words) => $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(words)}</text>";

    public sealed record Line(string Y, string Label);

    public sealed record Column(HealthHour Hour, string X, Span? Median, Span? P95, bool Failed);

    public sealed record Span(string Y, string Height);
}
