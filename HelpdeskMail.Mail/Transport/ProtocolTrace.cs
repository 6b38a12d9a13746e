using System.Text;

namespace HelpdeskMail.Mail.Transport;

/// <summary>
/// What was said on a connection, for diagnosis: bounded, and without secrets. Two guards keep them out: commands that carry one hand
/// over a masked text in its place, and every line (the server's too: some echo a bad command) is searched for known secrets.
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
    private readonly List<TraceLine> _first = [];
    private readonly Queue<TraceLine> _last = new();
    private readonly List<string> _secrets = [];
    private long _dropped;

    /// <summary>The lines so far, oldest first; a note stands where lines were dropped.</summary>
    public IReadOnlyList<TraceLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return _dropped == 0
                    ? [.. _first, .. _last]
                    : [.. _first, new TraceLine(_last.Peek().Time, TraceDirection.Note, $"({_dropped} lines left out)"), .. _last];
            }
        }
    }

    /// <summary>From now on this value is masked wherever it turns up, plain, in base64 or escaped in a quoted string.</summary>
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

    /// <summary>Of a very long line (a search result) only the beginning is decoded at all.</summary>
    internal void Received(ReadOnlySpan<byte> line) =>
        Add(TraceDirection.Server, Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * LineLength)]));

    internal void Received(string text) => Add(TraceDirection.Server, text);

    private void Add(TraceDirection direction, string text)
    {
        lock (_lock)
        {
            // Masked before it is cut, so that no half of a secret survives at the cut.
            foreach (var secret in _secrets)
            {
                if (text.Contains(secret, StringComparison.OrdinalIgnoreCase))
                    text = text.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase);
            }

            if (text.Length > LineLength)
                text = string.Concat(text.AsSpan(0, LineLength), "…");
            var line = new TraceLine(_time.GetUtcNow(), direction, text);
            if (_first.Count < FirstLines)
            {
                _first.Add(line);
                return;
            }

            _last.Enqueue(line);
            if (_last.Count > LastLines)
            {
                _last.Dequeue();
                _dropped++;
            }
        }
    }
}
