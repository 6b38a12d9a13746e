using System.Globalization;
using HelpdeskMail.App.Resources;
using Microsoft.Extensions.Localization;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>A rule of repetition (RFC 5545 §3.3.10) in the words that people need of it.</summary>
internal static class MeetingRepetition
{
    public static string InWords(string? rule, IStringLocalizer<ContentTexts> texts)
    {
        var parts = (rule ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .DistinctBy(part => part[0], StringComparer.OrdinalIgnoreCase).ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        var (frequency, every) = (parts.GetValueOrDefault("FREQ", "").ToUpperInvariant(), Number("INTERVAL") ?? 1);
        if (frequency == "MONTHLY" && every % 12 == 0) (frequency, every) = ("YEARLY", every / 12);
        var words = every > 1 ? texts["RepeatEvery." + frequency, every] : texts["Repeat." + frequency];
        if (words.ResourceNotFound) return texts["Repeat.Other"];
        if (Number("COUNT") is { } times) return texts["RepeatTimes", words.Value, times];
        var until = parts.GetValueOrDefault("UNTIL", "");
        return until.Length >= 8 && DateTime.TryParseExact(until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? texts["RepeatUntil", words.Value, day.ToString("d", CultureInfo.CurrentCulture)]
            : words;

        int? Number(string name) => int.TryParse(parts.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
