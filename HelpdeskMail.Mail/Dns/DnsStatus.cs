namespace HelpdeskMail.Mail.Dns;

/// <summary>How a question ended.</summary>
public enum DnsStatus
{
    /// <summary>Answered; there may still be no record of the kind asked for.</summary>
    Ok,

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    NoSuchName,

    /// <summary>The name server could not find out (SERVFAIL), would not (REFUSED), or did not understand.</summary>
    ServerFailure,

    /// <summary>No name server answered in time.</summary>
    Timeout,

    /// <summary>No name server could be reached: no network, or none configured.</summary>
    Unreachable,

    /// <summary>What was asked for can't be a domain name.</summary>
    BadName,
}
