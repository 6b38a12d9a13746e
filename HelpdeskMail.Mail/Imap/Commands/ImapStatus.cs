using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>How a command ended: OK, NO or BAD, with code and text.</summary>
internal sealed record ImapStatus(string Word, string Code, string Text)
{
    public Refusal ToRefusal(string command, string? detail = null)
    {
        var code = Code.Split(' ', 2)[0].ToUpperInvariant();
        var authenticating = command is "LOGIN" or "AUTHENTICATE";

        // RFC 5530 and RFC 9051 §7.1; without a code the command tells what a NO most likely means.
        var (kind, permanent) = code switch
        {
            "AUTHENTICATIONFAILED" or "AUTHORIZATIONFAILED" or "EXPIRED" or "PRIVACYREQUIRED" or "CONTACTADMIN" => (RefusalKind.AuthenticationFailed, true),
            "UNAVAILABLE" or "SERVERBUG" => (RefusalKind.Unavailable, false),
            "INUSE" => (RefusalKind.InUse, false),
            "LIMIT" => (authenticating ? RefusalKind.InUse : RefusalKind.OverQuota, false),
            "OVERQUOTA" => (RefusalKind.OverQuota, false),
            "NONEXISTENT" or "TRYCREATE" => (RefusalKind.MailboxNotFound, true),
            "ALREADYEXISTS" => (RefusalKind.AlreadyExists, true),
            "NOPERM" => (RefusalKind.NoPermission, true),
            "TOOBIG" => (RefusalKind.MessageTooLarge, true),
            _ when authenticating => (RefusalKind.AuthenticationFailed, true),
            _ when Word == "BAD" => (RefusalKind.NotUnderstood, true),
            _ => (RefusalKind.Other, true),
        };
        return new Refusal(kind, command, code, Text, permanent) { Detail = detail };
    }
}
