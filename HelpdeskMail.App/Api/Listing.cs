using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace HelpdeskMail.App.Api;

/// <summary>A list as the API answers it.</summary>
/// <param name="Total">All rows that the filter matches.</param>
/// <param name="Next">Pass it back as "cursor" for the rows after these; null: there are none.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>Which part of a list is asked for: by cursor, or by page.</summary>
internal readonly record struct ListingPart(int Page, int PageSize)
{
    public const int DefaultSize = 50;
    public const int LargestSize = 200;

    /// <summary>Null: the cursor is none of ours.</summary>
    public static ListingPart? Of(int? page, int? pageSize, string? cursor)
    {
        var size = Math.Clamp(pageSize ?? DefaultSize, 1, LargestSize);
        if (cursor is null) return new ListingPart(Math.Max(1, page ?? 1), size);
        return Cursor.Read(cursor) is ['p', .. var rest] && rest.Split('.') is [var number, var step]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && at >= 1 && of is >= 1 and <= LargestSize
            ? new ListingPart(at, of) : null;
    }

    public string? Next(int total) => (long)Page * PageSize < total ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"p{Page + 1}.{PageSize}")) : null;
}

/// <summary>Cursors are opaque, so that what is in them may change.</summary>
internal static class Cursor
{
    public static string Write(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string? Read(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static IResult Refusal => ApiProblems.Invalid("cursor", "This is not a cursor of this list.");
}
