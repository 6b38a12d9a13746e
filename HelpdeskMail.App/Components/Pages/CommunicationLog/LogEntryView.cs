using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <param name="Messages">For a connection: the first messages that came or went over it.</param>
internal sealed record LogEntryView(Communication Row, IReadOnlyList<Communication> Messages);
