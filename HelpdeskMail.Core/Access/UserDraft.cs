namespace HelpdeskMail.Core.Access;

/// <summary>What the user form edits. Id null: a new one.</summary>
public sealed class UserDraft
{
    public string? Id { get; set; }

    public string Email { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string Role { get; set; } = Roles.Agent;

    /// <summary>Of a new user; null: one is made up.</summary>
    public string? Password { get; set; }
}
