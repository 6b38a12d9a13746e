namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>What actions can set.</summary>
internal static class FilterActions
{
    public const string Queue = "queue";
    public const string Priority = "priority";
    public const string State = "state";
    public const string Owner = "owner";
    public const string Customer = "customer";
    public const string Tag = "tag";
    public const string Ignore = "ignore";
    public const string NoAutoReply = "noAutoReply";

    /// <summary>Followed by the header's name; later conditions see it, and X-Helpdesk-* is a command.</summary>
    public const string Header = "header:";

    /// <summary>Followed by the name of a ticket's free field; later conditions see it as X-Helpdesk-DynamicField-NAME.</summary>
    public const string Field = "field:";

    public static IReadOnlyList<string> All { get; } = [Queue, Priority, State, Owner, Customer, Tag, Ignore, NoAutoReply];

    /// <summary>A switch without a value is on.</summary>
    public static bool IsOn(string value) => value.Trim().ToLowerInvariant() is not ("false" or "no" or "0" or "off");
}
