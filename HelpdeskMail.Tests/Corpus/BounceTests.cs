using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

public sealed class BounceTests
{
    // Rows whose values another program computed are no yardstick.
    [CorpusFact]
    public void DeliveryReports_OfTheCorpus_NameRecipientAndClassInNearlyAll()
    {
        var rows = Rows().Where(r => r.Source is not ("sisimai-run" or "none")).ToList();
        var missed = rows.Where(r => !Right(r)).Select(r => r.Path + " " + r.Recipient).ToList();
        Assert.True(rows.Count > 200);
        Assert.True(missed.Count <= rows.Count * 0.03, string.Join('\n', missed));
    }

    [CorpusFact]
    public void OrdinaryMail_OfTheCorpus_IsNeverTakenForABounce()
    {
        var reports = Rows().Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        var taken = new List<string>();
        foreach (var line in File.ReadLines(MailCorpus.PathOf("index.tsv")).Skip(1))
        {
            var f = line.Split('\t');
            if (f[0].EndsWith(".json", StringComparison.Ordinal) || f[0].StartsWith("expected/", StringComparison.Ordinal) || f[0].StartsWith("transcripts", StringComparison.Ordinal) || f[0].StartsWith("tnef/", StringComparison.Ordinal)) continue;
            // The collection files real reports of other sources under their own heading too; they carry this flag.
            if (reports.Contains(f[0]) || f[5] == "dsn" || f[6].Split(',').Any(x => x.StartsWith("dsn", StringComparison.Ordinal))) continue;
            if (AutomaticMail.Classify(MimeMessage.Parse(MailCorpus.Read(f[0]))) == AutomaticKind.Bounce) taken.Add(f[0]);
        }
        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }

    private static bool Right(Row row)
    {
        var found = DeliveryReports.Read(MimeMessage.Parse(MailCorpus.Read(row.Path)))?.Recipients ?? [];
        if (row.Recipient.Length == 0) return found.Count == 0 || row.Class.Length > 0;
        return found.Any(r => r.FinalRecipient.Equals(row.Recipient, StringComparison.OrdinalIgnoreCase)
            && (r.Action == row.Action || (r.Status is { Length: > 0 } status && status[..1] == row.Class)));
    }

    private static IEnumerable<Row> Rows() =>
        File.ReadLines(MailCorpus.PathOf("expected/bounces.tsv")).Skip(1).Select(l => l.Split('\t')).Select(f => new Row(f[0], f[2], f[3], f[5], f[9]));

    private sealed record Row(string Path, string Recipient, string Class, string Action, string Source);
}
