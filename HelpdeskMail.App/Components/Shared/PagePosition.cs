using System.Globalization;
using HelpdeskMail.Core;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>A place in a list, as the URL has it. Nonsense is the list's start.</summary>
internal static class PagePosition
{
    public static string Write(ListPosition position) => string.Create(CultureInfo.InvariantCulture, $"{position.At.Ticks}.{position.Id}");

    public static ListPosition? Read(string? text) =>
        text?.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new ListPosition(new DateTime(at, DateTimeKind.Utc), row) : null;
}
