namespace HelpdeskMail.Mail.Dns;

/// <summary>What came of a question.</summary>
/// <param name="Records">Of the kind asked for, of the name asked for or of the name that it is an alias of.</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<DnsRecord> Records)
{
    /// <summary>Whether anybody said anything: false means that nothing is known about the name, not that it has nothing.</summary>
    public bool WasAnswered => Status is DnsStatus.Ok or DnsStatus.NoSuchName;

    public IEnumerable<T> Of<T>()
        where T : DnsRecord => Records.OfType<T>();

    internal static DnsAnswer Failed(DnsStatus status) => new(status, []);
}
