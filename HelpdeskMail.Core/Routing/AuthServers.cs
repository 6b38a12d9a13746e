namespace HelpdeskMail.Core.Routing;

/// <summary>The names (authserv-ids, RFC 8601 §2.5) of the servers that a mailbox trusts, as one text.</summary>
public static class AuthServers
{
    public static IReadOnlyList<string> Split(string text) =>
        text.Length == 0 ? [] : [.. text.Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('"').ToLowerInvariant()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    public static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
