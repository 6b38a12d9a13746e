using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What the first fetch of a new mailbox takes (E5). Text form: "unread:100", "new", "all", "since:2025-01-31".</summary>
public abstract record FirstFetch
{
    private FirstFetch()
    {
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out FirstFetch? value)
    {
        var (kind, argument) = (text ?? "").Trim().Split(':', 2) is [var left, var right] ? (left.TrimEnd(), right.TrimStart()) : ((text ?? "").Trim(), (string?)null);
        value = (kind.ToLowerInvariant(), argument) switch
        {
            ("new", null) => new New(),
            ("all", null) => new All(),
            ("unread", { } count) when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000 => new Unread(number),
            ("since", { } date) when DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => new Since(day),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The newest <paramref name="Count"/> unread mails, and whatever comes after.</summary>
    public sealed record Unread(int Count) : FirstFetch
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"unread:{Count}");
    }

    /// <summary>Nothing that is there already.</summary>
    public sealed record New : FirstFetch
    {
        public override string ToString() => "new";
    }

    /// <summary>Everything that is there.</summary>
    public sealed record All : FirstFetch
    {
        public override string ToString() => "all";
    }

    /// <summary>What the server received on this day (UTC) or later.</summary>
    public sealed record Since(DateOnly Date) : FirstFetch
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"since:{Date:yyyy-MM-dd}");
    }
}
