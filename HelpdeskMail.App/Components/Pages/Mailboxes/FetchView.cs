using HelpdeskMail.Core.Fetching;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>How a fetch that somebody started from a page stands.</summary>
/// <param name="Busy">Another worker has the mailbox; while running, it is waited for.</param>
/// <param name="Broke">A fault of ours, not of the server.</param>
public sealed record FetchView(bool Running, FetchProgress? Progress, FetchResult? Result, bool Busy, bool Broke);
