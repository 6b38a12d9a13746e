using System.Diagnostics;
using System.Text;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class HostileMailTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // generous, for a busy machine; what isn't linear takes hours at these sizes

    [Fact]
    public void Nesting_WithoutEnd_StopsAtItsLimit()
    {
        var b = new StringBuilder();
        for (var i = 0; i < 5000; i++) b.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        var mail = WholeReading.Of(Encoding.ASCII.GetBytes(b.ToString()));
        Assert.Contains(mail.Warnings, w => w.Kind == MimeWarningKind.LimitDepth);
    }

    [Fact]
    public void EmbeddedMessages_WithoutEnd_StopAtTheirLimit()
    {
        var mail = MimeMessage.Parse(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 5000))));
        var depth = 0;
        for (var at = mail; at is not null; at = at.Root.EmbeddedMessage) depth++;
        Assert.InRange(depth, 2, MimeLimits.Default.MaxDepth + 1);
    }

    [Fact]
    public void Parts_AHundredThousand_StopAtTheirLimit()
    {
        var raw = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 100_000)) + "--b--\r\n";
        var mail = WholeReading.Of(Encoding.ASCII.GetBytes(raw));
        Assert.Contains(mail.Warnings, w => w.Kind == MimeWarningKind.LimitParts);
        Assert.InRange(mail.Parts.Count, 1, MimeLimits.Default.MaxParts);
    }

    [Theory]
    [InlineData("Subject: ", "=?", 5_000_000)]
    [InlineData("Subject: ", "=?utf-8?q?a", 1_000_000)]
    [InlineData("Subject: ", "=?utf-8?b?YQ==?= ", 500_000)]
    [InlineData("From: ", "(", 5_000_000)]
    [InlineData("From: ", "\"\\", 2_000_000)]
    [InlineData("From: ", "<", 5_000_000)]
    [InlineData("From: ", "a@b.c,", 1_000_000)]
    [InlineData("From: ", "a:b;", 1_000_000)]
    [InlineData("From: ", "[", 5_000_000)]
    [InlineData("Content-Type: text/plain; ", "a*0*=%41;", 500_000)]
    [InlineData("Content-Type: text/plain; a=", "\"", 5_000_000)]
    [InlineData("References: ", "<a@b>", 1_000_000)]
    [InlineData("References: ", "<", 5_000_000)]
    [InlineData("Date: ", "1:", 1_000_000)]
    [InlineData("X", "\r\n ", 2_000_000)]
    [InlineData("A:b", "\r\nA:b", 1_000_000)]
    [InlineData("A:b", "\r\nnofield", 1_000_000)]
    [InlineData("A:b\r\n\r\n", "\r\n> @", 1_000_000)]
    [InlineData("A:b\r\n\r\n", "On 1 a@b.c ", 500_000)]
    [InlineData("A:b\r\n\r\n", "begin 644 x\r\n", 500_000)]
    [InlineData("Content-Type: text/html\r\n\r\n", "<!--", 2_000_000)]
    [InlineData("Content-Type: text/html\r\n\r\n", "<style", 2_000_000)]
    [InlineData("Content-Transfer-Encoding: base64\r\n\r\n", "QQ==", 2_000_000)]
    [InlineData("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "= ", 3_000_000)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--\r\n", 2_000_000)]
    [InlineData("Return-Path: <>\r\nSubject: failure notice\r\n\r\n", "<a@b.c>:\r\n", 500_000)]
    [InlineData("Return-Path: <>\r\nSubject: failure notice\r\n\r\nfailed recipient ", "-nyaan@example.no", 100_000)]
    public void Repetition_OfAnything_TakesLinearTime(string head, string repeated, int count)
    {
        var raw = new byte[Math.Min(1_000_000, head.Length + (repeated.Length * (long)count))];
        for (var i = 0; i < raw.Length; i++) raw[i] = (byte)(i < head.Length ? head[i] : repeated[(i - head.Length) % repeated.Length]);
        var watch = Stopwatch.StartNew();
        WholeReading.Of(raw);
        Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed}");
    }

    [Fact]
    public void Mutations_OfMails_NeverThrow()
    {
        var mutator = new MailMutator(20260521, Seeds().ToList());
        var watch = Stopwatch.StartNew();
        var rounds = 0;
        while (watch.Elapsed < TimeSpan.FromSeconds(2) || rounds < 200)
        {
            var raw = mutator.Next();
            try
            {
                WholeReading.Of(raw);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"round {rounds}: {e}\n{Convert.ToBase64String(raw.AsSpan(0, Math.Min(raw.Length, 20_000)))}");
            }
            rounds++;
        }
    }

    private static IEnumerable<byte[]> Seeds()
    {
        yield return RawMail.Bytes("From: \"a\" <a@b.c>\nSubject: =?utf-8?q?=C3=A4?=\nDate: Wed, 17 May 2000 19:35:05 -0400\nReferences: <a@b> <c@d>\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-7; format=flowed\n\n+AOQ- > x \ny\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=C3=A4</p>\n--b\nContent-Type: message/rfc822\n\nSubject: i\n\nx\n--b--\n");
        if (MailCorpus.Root is null) yield break;
        foreach (var folder in new[] { "tnef", "charset", "broken-mime", "dsn", "nested", "attachments" })
            foreach (var file in Directory.EnumerateFiles(MailCorpus.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(40))
                if (new FileInfo(file).Length is > 10 and < 100_000) yield return file.EndsWith(".tnef", StringComparison.Ordinal) ? [.. "Content-Type: application/ms-tnef\r\n\r\n"u8, .. File.ReadAllBytes(file)] : File.ReadAllBytes(file);
    }
}
