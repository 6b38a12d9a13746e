using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Opens a folder, looks, and changes nothing: the first rows of what would be fetched, by their headers.</summary>
internal sealed class MailPreviews(MailSourceFor sources, TimeProvider time)
{
    private const int RowsShown = 10;

    /// <summary>For the whole look, in front of a page: a folder of a million mails takes longer, and then the count alone isn't worth it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);

    /// <param name="choose">From what the folder holds, oldest first, to what would be taken.</param>
    public async Task<PreviewResult> LookAsync(Func<CancellationToken, Task<Mailbox>> mailbox, Func<Mailbox, IReadOnlyList<SourceMessage>, CancellationToken, Task<IReadOnlyList<SourceMessage>>> choose, SourceQuery query, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var host = "";
        try
        {
            var opened = await mailbox(either.Token);
            host = opened.Host;
            await using var source = sources(opened);
            await source.OpenAsync(new NoCommunication(), either.Token);
            var listed = await source.ListAsync(query, either.Token);
            var taken = await choose(opened, listed, either.Token);
            var shown = taken.TakeLast(RowsShown).Reverse().ToList();
            var headers = await source.HeadersAsync(shown, either.Token);
            var dates = taken.Select(message => message.ReceivedAt).OfType<DateTime>().ToList();
            return new PreviewResult(
                new MailPreview(listed.Count, taken.Count, dates.Count > 0 ? dates.Min() : null, dates.Count > 0 ? dates.Max() : null, [.. shown.Select(message => Row(message, headers.GetValueOrDefault(message.Identity)))]), null);
        }
        catch (MailSourceException fault)
        {
            return new PreviewResult(null, new FetchError(fault.Kind, fault.Message, fault.Server, ErrorAdvice.For(fault.Kind, host, fault.Server)));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PreviewResult(null, new FetchError(MailboxErrorKind.ConnectionTimeout, $"The server did not list the folder within {Deadline.TotalSeconds:0} seconds.", null, "The folder may be very large. The fetch itself has no such limit."));
        }
    }

    private static PreviewMail Row(SourceMessage message, byte[]? header)
    {
        if (header is null) return new PreviewMail("", "", message.ReceivedAt, message.Size);
        var mail = MimeMessage.Parse(header);
        return new PreviewMail(mail.Subject ?? "", mail.From.Count > 0 ? mail.From[0].ToString() : "", message.ReceivedAt ?? mail.Date?.UtcDateTime, message.Size);
    }
}
