namespace HelpdeskMail.Core.Access;

/// <param name="Role">Empty: none, and so no access to anything.</param>
/// <param name="Active">False: can't log in; what the user did stays.</param>
public sealed record UserRow(string Id, string DisplayName, string Email, string Role, bool Active);
