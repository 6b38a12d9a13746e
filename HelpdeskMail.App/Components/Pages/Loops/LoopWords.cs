using HelpdeskMail.App.Resources;
using HelpdeskMail.Core.Routing.Loops;
using Microsoft.Extensions.Localization;

namespace HelpdeskMail.App.Components.Pages.Loops;

internal static class LoopWords
{
    /// <summary>How much in how long; empty where it wasn't taken down.</summary>
    public static string Wrote(IStringLocalizer<LoopTexts> texts, LoopIncident story) => story.Records == 0 ? "" : texts["Wrote", story.Records, Span(texts, story.Minutes)];

    public static string Span(IStringLocalizer<LoopTexts> texts, int minutes) =>
        minutes % 1440 == 0 ? Count(texts, "Days", minutes / 1440) : minutes % 60 == 0 ? Count(texts, "Hours", minutes / 60) : Count(texts, "Minutes", minutes);

    private static string Count(IStringLocalizer<LoopTexts> texts, string unit, int count) => count == 1 ? texts[$"{unit}.One"] : texts[$"{unit}.Many", count];
}
