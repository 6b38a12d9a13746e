using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Corpus;

/// <summary>Our reading of the corpus against another library's. Where they differ, <c>oracle-disagreements.tsv</c> says in which fields and why ours stands.</summary>
public sealed class OracleTests
{
    // Of 823. What is left differs for a reason; a new disagreement needs one, or is mended.
    private const int Floor = 763;

    [CorpusFact]
    public void Corpus_AgainstAnotherLibrary_AgreesOrSaysWhyNot()
    {
        var explained = Explained();
        var unexplained = new List<string>();
        var met = new Dictionary<string, string>(StringComparer.Ordinal);
        int messages = 0, agreed = 0;
        foreach (var row in Rows())
        {
            messages++;
            var file = row.GetProperty("file").GetString()!;
            var differing = Differing(row, Message(file, row.GetProperty("index").GetInt32())).ToList();
            if (differing.Count == 0) agreed++;
            else if (explained.ContainsKey(file)) met[file] = string.Join(',', differing);
            else unexplained.Add(file + ": " + string.Join(", ", differing));
        }
        Assert.True(messages > 800);
        Assert.True(unexplained.Count == 0, "not agreed and not explained:\n" + string.Join('\n', unexplained));
        Assert.True(agreed >= Floor, $"agreed on {agreed} of {messages}");
        Assert.Equal(explained.Select(e => e.Key + ' ' + e.Value), met.Select(m => m.Key + ' ' + m.Value).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<JsonElement> Rows()
    {
        foreach (var line in File.ReadLines(MailCorpus.PathOf("expected/mimekit-oracle.jsonl")))
        {
            var row = JsonDocument.Parse(line).RootElement;
            if (!row.TryGetProperty("error", out _)) yield return row;
        }
    }

    // A file with several rows is an mbox.
    private static MimeMessage Message(string file, int index)
    {
        var raw = MailCorpus.Read(file);
        return MimeMessage.Parse(file.Contains(".mbox", StringComparison.Ordinal) ? Mbox.Split(raw).ElementAt(index) : raw);
    }

    private static IEnumerable<string> Differing(JsonElement row, MimeMessage message)
    {
        if (Text(row, "subject") != message.Subject) yield return "subject";
        if (!Same(row.GetProperty("from"), message.From)) yield return "from";
        if (!Same(row.GetProperty("to"), message.To)) yield return "to";
        if (!Same(row.GetProperty("cc"), message.Cc)) yield return "cc";
        if (Text(row, "date") != message.Date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) yield return "date";
        if (Text(row, "message_id") != message.MessageId?.Value) yield return "message_id";
        if (Text(row, "in_reply_to") != (message.InReplyTo is [var parent, ..] ? parent.Value : null)) yield return "in_reply_to";
        if (!row.GetProperty("references").EnumerateArray().Select(r => r.GetString()).SequenceEqual(message.References.Select(r => r.Value))) yield return "references";
        if (Text(row, "text") != message.Text) yield return "text";
        var theirs = row.GetProperty("parts").EnumerateArray().Where(p => p.GetProperty("is_attachment").GetBoolean()).ToList();
        var ours = message.Parts.Where(p => p.IsAttachment).ToList();
        if (!theirs.Select(p => Empty(Text(p, "name"))).SequenceEqual(ours.Select(p => p.FileName))) yield return "names";
        if (!theirs.Select(p => Text(p, "sha256")).SequenceEqual(ours.Select(p => PartHash.Of(p)))) yield return "content";
    }

    private static bool Same(JsonElement theirs, IReadOnlyList<MailAddress> ours)
    {
        var grouped = theirs.EnumerateArray().Any(a => a.TryGetProperty("group", out _));
        if (!grouped) return theirs.EnumerateArray().Select(a => (Empty(Text(a, "name")), Text(a, "address"))).SequenceEqual(ours.Select(a => (a.DisplayName, (string?)a.Address)));
        var flat = theirs.EnumerateArray().SelectMany(a => a.TryGetProperty("group", out var members) ? members.EnumerateArray().Select(m => m.GetString()) : [Text(a, "address")]);
        return flat.SequenceEqual(ours.Select(a => a.Address));
    }

    private static string? Text(JsonElement e, string name) => e.GetProperty(name).GetString();

    private static string? Empty(string? s) => string.IsNullOrEmpty(s) ? null : s;

    private static SortedDictionary<string, string> Explained([CallerFilePath] string here = "") =>
        new(File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "oracle-disagreements.tsv"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t'))
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal), StringComparer.Ordinal);
}
