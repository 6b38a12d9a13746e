using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Reads the recipients out of a report written in prose. Of the addresses in it the ones in the strongest position win:
/// leading a line, after a label such as "Recipient:", on a line with a reply code, anywhere.</summary>
internal sealed class BounceText
{
    private const int MaxLines = 400;
    private const int MaxLine = 4000; // every address of a line is looked at with the whole line around it
    private const int MaxRecipients = 100;
    private const int MaxDiagnosticLines = 12;

    private readonly List<string> _lines = [];
    private readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _delayed;

    internal BounceText(MimeMessage message, string text)
    {
        foreach (var raw in text.Split('\n', MaxLines + 1).Take(MaxLines))
        {
            var line = (raw.Length > MaxLine ? raw[..MaxLine] : raw).Trim();
            if (_lines.Count > 0 && (BouncePhrases.StartsOriginal(line) || IsReceived(line))) break;
            _lines.Add(line);
        }
        foreach (var list in new[] { message.To, message.Cc, message.From, message.ReplyTo })
            foreach (var a in list) _own.Add(a.Address);
        if (message.Headers["Return-Path"] is { } path) foreach (var f in AddressScan.In(path)) _own.Add(f.Address);
        _delayed = BouncePhrases.IsDelay(string.Join('\n', _lines)) || BouncePhrases.IsDelay(message.Subject ?? "");
    }

    /// <param name="onlyOnTheirOwn">Only addresses that lead a line: for reports that the sender gives no hint of.</param>
    internal List<RecipientStatus> Recipients(bool onlyOnTheirOwn)
    {
        if (onlyOnTheirOwn) return Ranked(0);
        for (var rank = 0; rank < 4; rank++)
        {
            var found = Ranked(rank);
            if (found.Count > 0) return found;
        }
        _own.Clear(); // somebody wrote to themselves
        return Ranked(0);
    }

    /// <summary>A report on an address that is known from elsewhere (X-Failed-Recipients, the original's To).</summary>
    internal RecipientStatus About(string address)
    {
        var line = _lines.FindIndex(l => l.Contains(address, StringComparison.OrdinalIgnoreCase));
        return Status(address, line < 0 ? 0 : line);
    }

    private List<RecipientStatus> Ranked(int rank)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var found = new List<RecipientStatus>();
        for (var i = 0; i < _lines.Count && found.Count < MaxRecipients; i++)
        {
            var line = _lines[i];
            if (!line.Contains('@', StringComparison.Ordinal) || BouncePhrases.IsContact(line) || IsSummaryOfOriginal(i)) continue;
            int? elsewhere = null; // the rank of an address that stands nowhere special, the same for all of the line
            foreach (var address in AddressScan.In(line))
            {
                if (_own.Contains(address.Address) || IsDaemon(address.Address) || (RankOf(line, address) ?? (elsewhere ??= RankElsewhere(line))) > rank) continue;
                if (seen.Add(address.Address)) found.Add(Status(address.Address, i));
                if (rank == 3) return found; // an address just anywhere: only the first
            }
        }
        return found;
    }

    // "Your message / To: … / Subject: … / Sent: …": whom the mail was for, not whom it failed to reach.
    private bool IsSummaryOfOriginal(int i) =>
        (_lines[i].StartsWith("To:", StringComparison.OrdinalIgnoreCase) || _lines[i].StartsWith("From:", StringComparison.OrdinalIgnoreCase) || _lines[i].StartsWith("Cc:", StringComparison.OrdinalIgnoreCase))
        && _lines.Skip(Math.Max(0, i - 3)).Take(7).Any(l => l.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase));

    private static int? RankOf(string line, AddressScan.Found address)
    {
        var before = line.AsSpan(0, address.Start).Trim("<>\"'([*-=:| \t");
        var after = line.AsSpan(address.End).TrimStart("\"'");
        if (before.EndsWith("SMTP=") || before.EndsWith("SMTP")) return 0; // an X.400 or Exchange address around it
        // On a line of its own or with a word about it: "<a@b>: host said", "a@b - no such user", "a@b on Fri, 4 Oct"
        if (before.IsEmpty && (after.Trim("<>\"')].,;: \t").IsEmpty || after[0] is '>' or ':' or ';' || after.TrimStart() is ['-' or '.' or '(' or '<', ..] || after.StartsWith(" on ") || after.StartsWith(" ..."))) return 0;
        if (before.Length < 60 && BouncePhrases.HasLabel(before)) return 1;
        if (before.Length is >= 3 and < 12 && StatusCode.Find(string.Concat(before, " ")) is not null) return 1; // "550 5.1.1 <a@b>... User unknown"
        return null;
    }

    private static int RankElsewhere(string line) => StatusCode.Find(line) is not null || BouncePhrases.AnyIntroduction(line) ? 2 : 3;

    private RecipientStatus Status(string address, int line)
    {
        var text = Diagnostic(address, line);
        var status = StatusCode.Find(text) ?? StatusCode.Find(string.Join('\n', _lines));
        var delayed = _delayed && status?[0] != '5';
        if (status is null || (delayed && status[0] != '4')) status = delayed ? "4.0.0" : "5.0.0";
        return new RecipientStatus(address, null, delayed ? "delayed" : "failed", status, text.Length == 0 ? null : text, null);
    }

    // From the recipient's line to the next recipient or two blank lines.
    private string Diagnostic(string address, int from)
    {
        var taken = new List<string>();
        for (var i = from; i < _lines.Count && taken.Count < MaxDiagnosticLines; i++)
        {
            var line = _lines[i];
            if (i > from && line.Contains('@', StringComparison.Ordinal) && AddressScan.In(line) is [var other, ..] && !other.Address.Equals(address, StringComparison.OrdinalIgnoreCase) && RankOf(line, other) == 0) break;
            if (line.Length == 0)
            {
                if (taken.Count > 1 && i > from + 1) break;
                continue;
            }
            taken.Add(line);
        }
        return string.Join(' ', taken);
    }

    private static bool IsReceived(string line) => line.StartsWith("Received: from", StringComparison.Ordinal) || line.StartsWith("Return-Path: <", StringComparison.OrdinalIgnoreCase);

    private static bool IsDaemon(string address) =>
        address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase) || address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("abuse@", StringComparison.OrdinalIgnoreCase) || address.StartsWith("mdaemon@", StringComparison.OrdinalIgnoreCase);
}
