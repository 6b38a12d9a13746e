using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Runs something on a mail server and throws what the interface of sources promises.</summary>
internal static class SourceFaults
{
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MailException error)
        {
            throw new MailSourceException(MailErrors.KindOf(error), MailErrors.PlainWords(error), MailErrors.ServerWords(error), error);
        }
    }

    public static Task GuardAsync(Func<Task> work) => GuardAsync(async () =>
    {
        await work();
        return true;
    });
}
