using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

/// <summary>Complaints, signatures and invitations as real programs wrote them.</summary>
public sealed class TypedReadingTests
{
    [CorpusFact]
    public void Complaints_OfTheCorpus_AreReadWhereverTheirFieldsStand()
    {
        var read = 0;
        foreach (var file in Files("arf-mdn"))
        {
            var declared = File.ReadAllText(file).Contains("message/feedback-report", StringComparison.OrdinalIgnoreCase);
            var report = AbuseReports.Read(MimeMessage.Parse(File.ReadAllBytes(file)));
            Assert.True(declared == report is not null, file);
            if (report is null) continue;
            read++;
            Assert.True(report.FeedbackType is "abuse" or "auth-failure", file);
        }
        Assert.True(read >= 5);
    }

    [CorpusFact]
    public void Signatures_OfTheCorpus_AreRecognised()
    {
        var count = 0;
        foreach (var file in Files("smime-pgp").Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            // A part inside a forwarded mail is that mail's.
            var found = MimeMessage.Parse(File.ReadAllBytes(file)).Protections;
            if (found.Count == 0)
            {
                Assert.True(MimeMessage.Parse(File.ReadAllBytes(file)).Parts.Any(p => p.EmbeddedMessage is not null) || Quoted(file), file);
                continue;
            }
            count++;
            Assert.All(found, p => Assert.True(p.Form == ProtectionForm.ClearSigned && p.Method is ProtectionMethod.PgpMime or ProtectionMethod.InlinePgp, file));
        }
        Assert.True(count >= 18, $"{count}");
    }

    [CorpusFact]
    public void Invitations_OfTheCorpus_HaveTheirEvent()
    {
        foreach (var file in Files("calendar"))
        {
            var parts = CalendarParts.Read(MimeMessage.Parse(File.ReadAllBytes(file)));
            Assert.NotEmpty(parts);
            Assert.All(parts, p => Assert.True(p.Method == "request" && p.Events is [{ Uid.Length: > 0, Summary.Length: > 0, Start.Instant: not null }], file));
        }
    }

    private static bool Quoted(string file) => File.ReadAllText(file).Contains("> -----BEGIN PGP", StringComparison.Ordinal);

    private static string[] Files(string folder) => Directory.GetFiles(MailCorpus.PathOf(folder), "*", SearchOption.AllDirectories);
}
