namespace HelpdeskMail.Core.Fetching;

/// <summary>A fetch on its way; counts so far.</summary>
public sealed record FetchProgress(string Step, int Found, int Stored, int Decided);
