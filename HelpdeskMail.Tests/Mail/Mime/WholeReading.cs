using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Tests.Mail.Mime;

/// <summary>Everything the library can be asked about a message.</summary>
internal static class WholeReading
{
    internal static MimeMessage Of(byte[] raw)
    {
        var mail = MimeMessage.Parse(raw);
        using var output = new MemoryStream();
        ParseLine.Write(output, mail, "x", 0);
        _ = mail.Attachments.Sum(a => a.Size);
        foreach (var part in mail.Parts)
        {
            _ = part.DecodeText();
            _ = part.EmbeddedMessage?.Text;
        }
        foreach (var header in mail.Headers.Take(10_000)) _ = header.Value.Length;
        foreach (var address in mail.From) _ = address.NormalizedAddress + address.AsciiDomain + address;
        _ = Mbox.Split(raw).Count();
        _ = mail.Protections.Count;
        _ = CalendarParts.Read(mail).Sum(c => c.Events.Count(e => e.Start?.Instant is null));
        _ = DispositionNotifications.Read(mail);
        _ = AbuseReports.Read(mail);
        _ = AuthenticationResults.Read(mail.Headers, "mx.example.org");
        if (AuthenticationResults.TopmostHost(mail.Headers) is { } host && mail.From is [var author, ..]) _ = SenderAuthentication.Judge(mail.Headers, author, [host]);
        _ = ForwardedMails.Read(mail);
        _ = ForwardedMails.ReadText(mail.Text ?? "");
        return mail;
    }
}
