namespace HelpdeskMail.App.Cli;

/// <summary>What the tool ends with. 75 is EX_TEMPFAIL of sysexits.h: an MTA that pipes a mail to us keeps it and tries again.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int TryAgain = 75;
}
