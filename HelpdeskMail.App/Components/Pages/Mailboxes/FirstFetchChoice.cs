using System.Globalization;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>What a first fetch takes, in the parts that a form edits: "unread:N", "new", "all" or "since:DATE".</summary>
internal sealed class FirstFetchChoice
{
    public FirstFetchKind Kind { get; set; }

    public int Count { get; set; } = 100;

    public DateOnly? Since { get; set; }

    public static FirstFetchChoice Read(string text)
    {
        var parts = text.Split(':', 2);
        var value = parts.Length > 1 ? parts[1] : "";
        var choice = new FirstFetchChoice
        {
            Kind = parts[0] switch { "new" => FirstFetchKind.New, "all" => FirstFetchKind.All, "since" => FirstFetchKind.Since, _ => FirstFetchKind.Unread },
        };
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) choice.Count = count;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)) choice.Since = since;
        return choice;
    }

    public override string ToString() => Kind switch
    {
        FirstFetchKind.New => "new",
        FirstFetchKind.All => "all",
        FirstFetchKind.Since => string.Create(CultureInfo.InvariantCulture, $"since:{Since:yyyy-MM-dd}"),
        FirstFetchKind.Unread or _ => string.Create(CultureInfo.InvariantCulture, $"unread:{Count}"),
    };
}
