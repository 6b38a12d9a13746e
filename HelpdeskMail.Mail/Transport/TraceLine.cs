namespace HelpdeskMail.Mail.Transport;

public sealed record TraceLine(DateTimeOffset Time, TraceDirection Direction, string Text)
{
    public override string ToString() =>
        Direction switch { TraceDirection.Client => "C: ", TraceDirection.Server => "S: ", _ => "-- " } + Text;
}
