using System.Text;

namespace HelpdeskMail.Mail.Transport;

/// <summary>
/// What was said on a connection, for diagnosis: bounded, and without secrets. Two guards keep them out: commands that carry one hand
/// over a masked text in its place, and every line (the server's too: some echo a bad command) is searched for known secrets before it
/// is shown. A download's lines, of which the last few hundred are ever looked at, cost a copy each.
/// </summary>
public sealed class ProtocolTrace(TimeProvider? time = null)
{
    /// <summary>The beginning (greeting, log-in) and the end (the fault) are what one wants to see; the middle is what gets dropped.</summary>
    private const int FirstLines = 100;
    private const int LastLines = 300;
    private const int LineLength = 1000;
    internal const string Mask = "********";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();

    // The first ones, then a ring of the last ones.
    private readonly Entry[] _entries = new Entry[FirstLines + LastLines];
    private readonly List<string> _secrets = [];
    private long _count;

    /// <summary>The lines so far, oldest first; a note stands where lines were dropped.</summary>
    public IReadOnlyList<TraceLine> Lines
    {
        get
        {
            lock (_lock)
            {
                var lines = new List<TraceLine>();
                for (long at = 0; at < Math.Min(_count, FirstLines); at++)
                    lines.Add(Shown(EntryAt(at)));
                var oldest = Math.Max(FirstLines, _count - LastLines);
                if (oldest > FirstLines)
                    lines.Add(new TraceLine(EntryAt(oldest).Time, TraceDirection.Note, $"({oldest - FirstLines} lines left out)"));
                for (var at = oldest; at < _count; at++)
                    lines.Add(Shown(EntryAt(at)));
                return lines;
            }
        }
    }

    /// <summary>This value is masked wherever it turns up, plain, in base64 or escaped in a quoted string.</summary>
    internal void Protect(string secret)
    {
        // Masking one or two letters everywhere would hide the whole trace and protect nothing.
        if (secret.Length < 3)
            return;
        lock (_lock)
        {
            foreach (var form in (string[])[secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), secret.Replace("\\", "\\\\").Replace("\"", "\\\"")])
            {
                if (!_secrets.Contains(form, StringComparer.Ordinal))
                    _secrets.Add(form);
            }

            // The longest first: a payload that contains the password goes as a whole.
            _secrets.Sort((left, right) => right.Length.CompareTo(left.Length));
        }
    }

    internal void Note(string text) => Add(TraceDirection.Note, text);

    internal void Sent(string text) => Add(TraceDirection.Client, text);

    /// <summary>Of a very long line (a search result) only the beginning is kept.</summary>
    internal void Received(ReadOnlySpan<byte> line)
    {
        line = line[..Math.Min(line.Length, 4 * LineLength)];
        lock (_lock)
        {
            ref var entry = ref Next(TraceDirection.Server, null);
            if (entry.Octets is null || entry.Octets.Length < line.Length)
                entry.Octets = new byte[Math.Max(128, line.Length)];
            line.CopyTo(entry.Octets);
            entry.Length = line.Length;
        }
    }

    internal void Received(string text) => Add(TraceDirection.Server, text);

    private void Add(TraceDirection direction, string text)
    {
        lock (_lock)
            Next(direction, text);
    }

    private ref Entry Next(TraceDirection direction, string? text)
    {
        ref var entry = ref EntryAt(_count++);
        (entry.Time, entry.Direction, entry.Text) = (_time.GetUtcNow(), direction, text);
        return ref entry;
    }

    private ref Entry EntryAt(long at) => ref _entries[at < FirstLines ? at : FirstLines + at % LastLines];

    private TraceLine Shown(in Entry entry)
    {
        var text = entry.Text ?? Encoding.UTF8.GetString(entry.Octets!, 0, entry.Length);
        // Masked before it is cut, so that no half of a secret survives at the cut.
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase);
        if (text.Length > LineLength)
            text = string.Concat(text.AsSpan(0, LineLength), "…");
        return new TraceLine(entry.Time, entry.Direction, text);
    }

    private struct Entry
    {
        public DateTimeOffset Time;
        public TraceDirection Direction;
        public string? Text;

        /// <summary>A server's line as it came, where there is no text.</summary>
        public byte[]? Octets;
        public int Length;
    }
}
