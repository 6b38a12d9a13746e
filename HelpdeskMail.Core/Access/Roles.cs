namespace HelpdeskMail.Core.Access;

public static class Roles
{
    public const string Administrator = "Administrator";
    public const string Agent = "Agent";

    public static readonly IReadOnlyList<string> All = [Administrator, Agent];
}
