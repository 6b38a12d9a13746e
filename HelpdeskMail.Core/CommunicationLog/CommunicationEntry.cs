namespace HelpdeskMail.Core.CommunicationLog;

/// <param name="Server">The server's own words, verbatim; null where there are none.</param>
public sealed record CommunicationEntry(DateTime At, LogLevels Level, string Step, string Text, string? Server = null);
