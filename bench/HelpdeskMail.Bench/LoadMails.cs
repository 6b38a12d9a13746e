using System.Globalization;
using System.Text;

namespace HelpdeskMail.Bench;

/// <summary>
/// Distinct mails as a help desk gets them, the same for a seed: 60 % text/plain of about 2 KB, 30 % multipart/alternative of about
/// 10 KB, 10 % multipart/mixed with a binary attachment of 200 KiB; 30 % are replies to an earlier mail of the set, the first
/// fiftieth are not; 300 senders.
/// </summary>
internal static class LoadMails
{
    private static readonly string[] Words = ("printer invoice account order delivery password login error window server update refund " +
        "question customer street city module screen cable network button report attached please thanks regards after before yesterday " +
        "morning broken slow again number payment contract address phone the a is was not and but with from this that when our your can " +
        "could would like need help Zürich façade naïve größer señor").Split(' ');

    private static readonly DateTimeOffset FirstDate = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static IEnumerable<LoadMail> Generate(int count, int seed)
    {
        var random = new Random(seed);
        var kinds = Shares(count, ('p', 0.6), ('a', 0.3), ('m', 0.1));
        random.Shuffle(kinds);
        var early = Math.Min(count, Math.Max(1, count / 50)); // the first mail has none to answer
        var replies = Enumerable.Range(0, count - early).Select(i => i < count * 3 / 10).ToArray();
        random.Shuffle(replies);

        var sent = new List<(string Id, string References, string Subject, int Sender, int Root)>();
        var threads = 0;
        for (var i = 0; i < count; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{seed}.{i + 1:D6}.{random.Next():x8}@mail.example.org");
            var parent = i >= early && replies[i - early] ? sent[random.Next(sent.Count)] : default;
            var isReply = parent.Id is not null;
            var sender = isReply ? parent.Sender : threads++ * 7 % 300;
            var subject = isReply
                ? "Re: " + parent.Subject.Replace("Re: ", "", StringComparison.Ordinal)
                : $"Case {i + 1}: {string.Join(' ', Enumerable.Range(0, 5).Select(_ => Words[random.Next(40)]))}";
            var references = isReply ? string.Join(' ', $"{parent.References} <{parent.Id}>".Trim().Split(' ').TakeLast(10)) : "";
            var root = isReply ? parent.Root : i;
            sent.Add((id, references, subject, sender, root));

            var date = FirstDate.AddSeconds(37 * i).ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
            var domain = $"cust{sender % 40:D2}.example.org";
            var mail = new StringBuilder()
                .Append($"Return-Path: <user{sender:D3}@{domain}>\r\n")
                .Append($"Received: from mx.{domain} (mx.{domain} [192.0.2.{random.Next(1, 255)}])\r\n\tby mail.bench.example with ESMTPS id {random.Next():x8};\r\n\t{date}\r\n")
                .Append($"Date: {date}\r\nFrom: User {sender:D3} <user{sender:D3}@{domain}>\r\nTo: Support <support@bench.example>\r\nMessage-ID: <{id}>\r\n");
            if (isReply)
                mail.Append($"In-Reply-To: <{parent.Id}>\r\nReferences: {references.Replace(" ", "\r\n ", StringComparison.Ordinal)}\r\n");
            mail.Append($"Subject: {subject}\r\nUser-Agent: Thunderbird 128.0\r\nMIME-Version: 1.0\r\n");
            AppendBody(mail, kinds[i], i, random);
            yield return new LoadMail(i, root, id, Encoding.UTF8.GetBytes(mail.ToString()));
        }
    }

    /// <summary>So many words.</summary>
    public static string Line(int words, Random random) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static char[] Shares(int count, params (char Kind, double Share)[] shares)
    {
        var kinds = shares.SelectMany(s => Enumerable.Repeat(s.Kind, (int)(count * s.Share))).ToList();
        while (kinds.Count < count)
            kinds.Add(shares[^1].Kind);
        return [.. kinds];
    }

    private static void AppendBody(StringBuilder mail, char kind, int index, Random random)
    {
        const string Plain = "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        var boundary = $"=_b{index}_{random.Next():x8}";
        switch (kind)
        {
            case 'p':
                mail.Append(Plain).Append(Text(1350, random)).Append("\r\n");
                break;
            case 'a':
                mail.Append($"Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n").Append(Plain).Append(Text(2600, random))
                    .Append($"\r\n--{boundary}\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                    .Append("<html><head><style>p{margin:0 0 8px 0}</style></head><body>");
                for (var k = 0; k < 10; k++)
                    mail.Append($"<p style=\"font-family:Arial\"><b>{k}.</b> <a href=\"https://example.org/{random.Next():x8}\">link</a> {Text(520, random)}</p>\r\n");
                mail.Append($"</body></html>\r\n--{boundary}--\r\n");
                break;
            default:
                var attachment = new byte[200 * 1024];
                random.NextBytes(attachment);
                mail.Append($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n").Append(Plain).Append(Text(1350, random))
                    .Append($"\r\n--{boundary}\r\nContent-Type: application/pdf; name=\"scan{index:D5}.pdf\"\r\nContent-Transfer-Encoding: base64\r\n")
                    .Append($"Content-Disposition: attachment; filename=\"scan{index:D5}.pdf\"\r\n\r\n")
                    .Append(Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks)).Append($"\r\n--{boundary}--\r\n");
                break;
        }
    }

    private static string Text(int size, Random random)
    {
        var text = new StringBuilder(size + 80);
        var lineLength = 0;
        while (text.Length < size)
        {
            var word = Words[random.Next(Words.Length)];
            if (lineLength + word.Length > 70)
            {
                text.Append("\r\n");
                lineLength = 0;
            }
            else if (lineLength > 0)
            {
                text.Append(' ');
            }
            text.Append(word);
            lineLength += word.Length + 1;
        }
        return text.ToString();
    }
}
