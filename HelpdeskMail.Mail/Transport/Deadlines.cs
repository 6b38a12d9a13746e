namespace HelpdeskMail.Mail.Transport;

/// <summary>How long each kind of wait may last. No wait on a server is without one.</summary>
public sealed record Deadlines
{
    public TimeSpan Resolve { get; init; } = TimeSpan.FromSeconds(15);
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(20);
    public TimeSpan Tls { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The first line of an IMAP or POP3 server.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of one response line to the end of the next. Servers keep long searches alive with untagged lines.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Between two pieces of a message body on its way to us.</summary>
    public TimeSpan LiteralIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A body that trickles slower than this is given up, however regularly it trickles. Bytes a second.</summary>
    public int SlowestBody { get; init; } = 512;

    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Logout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>IDLE is renewed after this: RFC 2177 says 29 minutes, but NAT routers forget a connection after 10.</summary>
    public TimeSpan IdleRenewal { get; init; } = TimeSpan.FromMinutes(9) - TimeSpan.FromSeconds(10);

    // RFC 5321 §4.5.3.2
    public TimeSpan SmtpGreeting { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan SmtpMail { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan SmtpRecipient { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan SmtpDataStart { get; init; } = TimeSpan.FromMinutes(2);
    public TimeSpan SmtpDataBlock { get; init; } = TimeSpan.FromMinutes(3);
    public TimeSpan SmtpDataEnd { get; init; } = TimeSpan.FromMinutes(10);

    public static Deadlines Default { get; } = new();

    /// <summary>For somebody waiting before a screen, as in a connection test.</summary>
    public static Deadlines Interactive { get; } = new()
    {
        Resolve = TimeSpan.FromSeconds(8),
        Connect = TimeSpan.FromSeconds(8),
        Tls = TimeSpan.FromSeconds(8),
        Greeting = TimeSpan.FromSeconds(12),
        Command = TimeSpan.FromSeconds(20),
        SmtpGreeting = TimeSpan.FromSeconds(15),
        SmtpMail = TimeSpan.FromSeconds(20),
        SmtpRecipient = TimeSpan.FromSeconds(20),
        SmtpDataStart = TimeSpan.FromSeconds(20),
        SmtpDataEnd = TimeSpan.FromSeconds(60),
    };
}
