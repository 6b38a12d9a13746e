namespace HelpdeskMail.Tests.Mail.Mime;

/// <summary>Turns mails into worse ones: flipped bits, other octets, cuts, repetitions, splices of two. The fuzz run of the benchmarks uses it too.</summary>
internal sealed class MailMutator(int seed, IReadOnlyList<byte[]> seeds, int maxOctets = 300_000)
{
    private readonly Random _random = new(seed);

    internal byte[] Next()
    {
        var raw = (byte[])Pick().Clone();
        for (var n = _random.Next(1, 20); n > 0 && raw.Length > 1; n--)
        {
            var at = _random.Next(raw.Length);
            switch (_random.Next(6))
            {
                case 0:
                    raw[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    raw[at] = (byte)_random.Next(256);
                    break;
                case 2 when _random.Next(4) == 0: // rarely, or nothing long is left
                    raw = raw[..at];
                    break;
                case 3:
                    raw = [.. raw[..at], .. raw[_random.Next(raw.Length)..]];
                    break;
                case 4:
                    raw = Repeat(raw, at);
                    break;
                default:
                    var other = Pick();
                    raw = [.. raw[..at], .. other[_random.Next(other.Length)..]];
                    break;
            }
            if (raw.Length > maxOctets) raw = raw[..maxOctets];
        }
        return raw;
    }

    // Repetition is what turns a quadratic reader up.
    private byte[] Repeat(byte[] raw, int at)
    {
        var piece = raw.AsSpan(at, Math.Min(_random.Next(1, 60), raw.Length - at));
        var times = Math.Min(_random.Next(1, 2000), Math.Max(1, (maxOctets - raw.Length) / piece.Length));
        var longer = new byte[raw.Length + (piece.Length * times)];
        raw.AsSpan(0, at).CopyTo(longer);
        for (var i = 0; i < times; i++) piece.CopyTo(longer.AsSpan(at + (i * piece.Length)));
        raw.AsSpan(at).CopyTo(longer.AsSpan(at + (times * piece.Length)));
        return longer;
    }

    private byte[] Pick() => seeds[_random.Next(seeds.Count)];
}
