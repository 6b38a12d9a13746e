using System.Globalization;
using System.Text;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>Names of files that strangers chose, made fit to save and to read.</summary>
internal static class FileNames
{
    private const int MaxLength = 150;

    /// <summary>Without paths, control characters, and the marks that turn the direction of writing ("exe.fdp" must not read "pdf.exe").</summary>
    public static string Safe(string name, int index)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|') clean.Append('_');
            else if (char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)) clean.Append(c);
        }

        var safe = clean.ToString().Trim(' ', '.');
        if (safe.Length == 0) return string.Create(CultureInfo.InvariantCulture, $"attachment-{index + 1}");
        if (safe.Length <= MaxLength) return safe;
        var extension = Path.GetExtension(safe);
        return extension.Length is > 0 and < 12 ? safe[..(MaxLength - extension.Length)] + extension : safe[..MaxLength];
    }

    /// <summary>"1.4 MB", in the viewer's numerals.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024.0:0.#} KB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024 * 1024):0.#} GB"),
    };
}
