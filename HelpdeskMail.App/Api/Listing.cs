using System.Buffers.Text;
using System.Globalization;
using System.Text;
using HelpdeskMail.Core;

namespace HelpdeskMail.App.Api;

/// <summary>A list as the API answers it.</summary>
/// <param name="Total">All rows that the filter matches.</param>
/// <param name="Next">Pass it back as "cursor" for the rows after these; null: there are none.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>What a search for words found.</summary>
/// <param name="Total">Null: nobody counted.</param>
/// <param name="Next">Pass it back as "cursor" to go on; null: that was all. A part without items may have one.</param>
/// <param name="SearchedTo">Looking ended here, "next" goes on; null: it didn't.</param>
internal sealed record SearchListing<T>(IReadOnlyList<T> Items, int? Total, string? Next, DateTime? SearchedTo);

/// <summary>Which part of a list is asked for: what comes after a row (by cursor), or a page.</summary>
internal readonly record struct ListingPart(int Page, int PageSize, ListPosition? After)
{
    public const int DefaultSize = 50;
    public const int LargestSize = 200;

    /// <summary>Null: the cursor is none of ours.</summary>
    public static ListingPart? Of(int? page, int? pageSize, string? cursor)
    {
        if (cursor is null) return new ListingPart(Math.Max(1, page ?? 1), Size(pageSize), null);
        return Cursor.Read(cursor)?.Split('.') is [var ticks, var id, var size]
            && Number(ticks) is { } at && at <= DateTime.MaxValue.Ticks && Number(id) is { } row && Number(size) is { } of and >= 1 and <= LargestSize
            ? new ListingPart(1, Size(pageSize ?? (int)of), new ListPosition(new DateTime(at, DateTimeKind.Utc), row)) : null;
    }

    /// <summary>Rows to ask for: one more than are given out tells whether there are more.</summary>
    public int Take => Page == 1 ? PageSize + 1 : PageSize;

    public Listing<TJson> ListingOf<T, TJson>(Page<T> found, Func<T, TJson> json, Func<T, ListPosition> position)
    {
        var items = found.Items.Take(PageSize).ToList();
        var more = Page == 1 ? found.Items.Count > PageSize : (long)Page * PageSize < found.Total;
        return new Listing<TJson>([.. items.Select(json)], found.Total, more && items.Count > 0 ? CursorAfter(position(items[^1])) : null);
    }

    public SearchListing<TJson> ListingOf<T, TJson>(SearchedPart<T> found, Func<T, TJson> json) =>
        new([.. found.Items.Select(json)], null, found.Next is { } next ? CursorAfter(next) : null, found.SearchedTo);

    private string CursorAfter(ListPosition last) => Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"{last.At.Ticks}.{last.Id}.{PageSize}"));

    private static int Size(int? pageSize) => Math.Clamp(pageSize ?? DefaultSize, 1, LargestSize);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
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
