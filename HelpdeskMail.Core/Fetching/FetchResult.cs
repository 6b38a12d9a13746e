namespace HelpdeskMail.Core.Fetching;

/// <summary>What one fetch of a mailbox did.</summary>
/// <param name="Found">Messages that the server showed and that were not done with yet.</param>
/// <param name="Stored">Messages whose bytes were committed by this fetch.</param>
/// <param name="Acknowledged">Messages whose server copy was moved, deleted or marked.</param>
/// <param name="Error">Null: it went through to the end.</param>
public sealed record FetchResult(string Mailbox, int Found, int Stored, int Decided, int Quarantined, int Acknowledged, int Skipped, double Seconds, FetchError? Error)
{
    public double PerSecond => Seconds > 0 ? Math.Round(Decided / Seconds, 1) : 0;
}
