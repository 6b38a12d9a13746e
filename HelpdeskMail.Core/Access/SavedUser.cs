namespace HelpdeskMail.Core.Access;

/// <param name="GeneratedPassword">To be shown once; null where one was given, or nothing was changed about it.</param>
public sealed record SavedUser(string Id, string? GeneratedPassword);
