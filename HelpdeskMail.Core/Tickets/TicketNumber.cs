using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HelpdeskMail.Core.Tickets;

/// <summary>A ticket's number: decimal digits, at least six, counted up from 100001; written "[#100001]" in subjects.</summary>
public readonly record struct TicketNumber
{
    private const long First = 100_000;

    private TicketNumber(string value) => Value = value;

    public string Value { get; }

    public static TicketNumber FromCounter(long counter) => new((First + counter).ToString(CultureInfo.InvariantCulture));

    public static bool TryParse(string? text, [NotNullWhen(true)] out TicketNumber? number)
    {
        number = text is { Length: >= 6 and <= 18 } && text.All(char.IsAsciiDigit) ? new TicketNumber(text) : null;
        return number is not null;
    }

    /// <summary>The form that subjects carry.</summary>
    public string InSubject() => $"[#{Value}]";

    public override string ToString() => Value;
}
