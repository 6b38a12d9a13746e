namespace HelpdeskMail.Mail.Transport;

/// <summary>One wait: for what (completes "the server did not … in time"), and how long.</summary>
internal readonly record struct Deadline(string Waiting, TimeSpan Span)
{
    public static Deadline For(string waiting, TimeSpan span) => new(waiting, span);
}
