using System.Text;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

public sealed class InvarianceTests
{
    [CorpusFact]
    public void Corpus_WithLfOrWithCrlf_ReadsTheSame()
    {
        var differing = new List<string>();
        foreach (var file in Mails())
        {
            var lf = ToLf(MailCorpus.Read(file));
            if (lf.AsSpan().IndexOf("ncoding: binary"u8) >= 0) continue; // there they are content
            if (Summary(MimeMessage.Parse(lf)) != Summary(MimeMessage.Parse(ToCrlf(lf)))) differing.Add(file);
        }
        Assert.True(differing.Count == 0, string.Join('\n', differing));
    }

    [CorpusFact]
    public void Tnef_OfTheCorpus_GivesTheFilesThatLieBesideIt()
    {
        var folder = MailCorpus.PathOf("tnef/jstedfast-MimeKit");
        var checkedFiles = 0;
        foreach (var tnef in Directory.GetFiles(folder, "*.tnef"))
        {
            var files = new TnefReader(File.ReadAllBytes(tnef), 4, 100).Read();
            foreach (var file in files)
            {
                var name = file.Name ?? "message." + file.ContentType.Replace("text/", "", StringComparison.Ordinal).Replace("plain", "txt", StringComparison.Ordinal);
                var expected = Path.Combine(folder, Path.GetFileNameWithoutExtension(tnef) + "__" + name.Replace(' ', '_'));
                if (!File.Exists(expected)) continue;
                checkedFiles++;
                // The collection keeps text with LF.
                Assert.True(ToLf(File.ReadAllBytes(expected)).AsSpan().SequenceEqual(ToLf(file.Content.ToArray())), expected);
            }
        }
        Assert.True(checkedFiles >= 15, $"{checkedFiles} files");
    }

    internal static IEnumerable<string> Mails() =>
        File.ReadLines(MailCorpus.PathOf("expected/mimekit-oracle.jsonl")).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("file").GetString()!).Distinct(StringComparer.Ordinal);

    private static string Summary(MimeMessage m)
    {
        var b = new StringBuilder();
        b.AppendLine(m.Subject).AppendLine(string.Join(",", m.From)).AppendLine(string.Join(",", m.To)).AppendLine(string.Join(",", m.Cc)).AppendLine(m.Date?.ToString("O"))
            .AppendLine(m.MessageId?.Value).AppendLine(string.Join(",", m.References)).AppendLine(m.Text).AppendLine(m.Html);
        foreach (var p in m.Parts) b.AppendLine(string.Join("|", p.Path, p.ContentType, p.FileName, p.ContentId, p.Charset, p.Encoding == TransferEncoding.Base64 ? PartHash.Of(p) : ""));
        return b.ToString();
    }

    private static byte[] ToLf(byte[] raw)
    {
        var n = 0;
        var copy = new byte[raw.Length];
        for (var i = 0; i < raw.Length; i++)
            if (raw[i] != '\r' || i + 1 >= raw.Length || raw[i + 1] != '\n') copy[n++] = raw[i];
        return copy[..n];
    }

    private static byte[] ToCrlf(byte[] raw)
    {
        var copy = new List<byte>(raw.Length + 1000);
        foreach (var b in raw)
        {
            if (b == '\n') copy.Add((byte)'\r');
            copy.Add(b);
        }
        return [.. copy];
    }
}
