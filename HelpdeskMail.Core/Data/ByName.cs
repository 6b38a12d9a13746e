namespace HelpdeskMail.Core.Data;

/// <summary>The order of short lists that people read. The providers' own orders differ (SQLite puts "a" after "Z"), so such lists are ordered here.</summary>
internal static class ByName
{
    public static StringComparer Comparer => StringComparer.InvariantCultureIgnoreCase;
}
