namespace HelpdeskMail.Core.Access;

/// <summary>Who does it.</summary>
/// <param name="Id">User id; null for the system and for API tokens.</param>
public sealed record Actor(string? Id, string Name)
{
    public static Actor System { get; } = new(null, "HelpdeskMail");
}
