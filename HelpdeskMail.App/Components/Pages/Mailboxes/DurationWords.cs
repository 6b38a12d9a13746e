using System.Globalization;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>A duration in the unit that fits it: 1.4 s, 3 min, 2 h.</summary>
internal static class DurationWords
{
    public static string Of(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalSeconds: < 10 } span => string.Create(CultureInfo.CurrentCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 90 } span => string.Create(CultureInfo.CurrentCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } span => string.Create(CultureInfo.CurrentCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } span => string.Create(CultureInfo.CurrentCulture, $"{span.TotalHours:0} h"),
        { } span => string.Create(CultureInfo.CurrentCulture, $"{span.TotalDays:0} d"),
    };
}
