namespace HelpdeskMail.Core.Discovery;

public enum MailService
{
    Imap,
    Pop3,
    Submission,
}
