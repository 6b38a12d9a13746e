using System.Text;
using System.Text.Json;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

public sealed class ReplyTests
{
    [CorpusFact]
    public void Replies_OfTheCorpus_ShowWhatTheWriterWroteInNineOfTen()
    {
        var files = Directory.GetFiles(MailCorpus.PathOf("reply-quoting"), "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(MailCorpus.PathOf("plain/mailgun-talon"))).ToDictionary(f => Path.GetFileName(f), StringComparer.Ordinal);
        var missed = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(MailCorpus.PathOf("expected/reply-visible.jsonl")))
        {
            count++;
            var row = JsonDocument.Parse(line).RootElement;
            var name = row.GetProperty("file").GetString()!;
            var visible = ReplyText.Split(TextOf(name, File.ReadAllBytes(files[name]))).Visible;
            var right = row.TryGetProperty("visible", out var wanted) ? Fold(wanted.GetString()!) == Fold(visible) : visible.Contains(row.GetProperty("visible_html_contains").GetString()!, StringComparison.Ordinal);
            if (!right) missed.Add(name);
        }
        Assert.True(count > 70);
        Assert.True(missed.Count <= count * 0.10, string.Join('\n', missed));
    }

    private static string TextOf(string name, byte[] raw)
    {
        if (name.EndsWith(".eml", StringComparison.Ordinal)) return MimeMessage.Parse(raw).Text!;
        var text = Encoding.UTF8.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal);
        return name.EndsWith(".html", StringComparison.Ordinal) ? HtmlText.From(text) : text;
    }

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
