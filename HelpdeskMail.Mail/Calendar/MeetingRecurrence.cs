using System.Buffers.Binary;
using System.Globalization;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>The repetition of an Outlook meeting (MS-OXOCAL §2.2.1.44.1) as a rule of RFC 5545 §3.3.10.</summary>
internal static class MeetingRecurrence
{
    private const int Fixed = 22; // octets before what depends on the pattern

    /// <summary>Null where there is none, or one without a counterpart (other calendars).</summary>
    internal static string? Rule(ReadOnlySpan<byte> pattern)
    {
        if (pattern.Length < Fixed + 8 || Word(pattern, 8) is not (0 or 1)) return null; // default or Gregorian
        var period = BinaryPrimitives.ReadInt32LittleEndian(pattern[14..]);
        var rest = pattern[Fixed..];
        if (period is <= 0 or > 10_000_000) return null;
        string? rule;
        // A yearly one is monthly in steps of twelve: BYMONTHDAY in a yearly rule would mean every month.
        switch (Word(pattern, 6))
        {
            case 0 when Word(pattern, 4) == 0x200A:
                rule = With("DAILY", period / 1440);
                break;
            case 1:
                rule = With("WEEKLY", period) + ";BYDAY=" + Days(Number(rest));
                rest = rest[4..];
                break;
            case 2:
                rule = With("MONTHLY", period) + ";BYMONTHDAY=" + (Number(rest) is > 0 and < 31 and var day ? day : -1).ToString(CultureInfo.InvariantCulture);
                rest = rest[4..];
                break;
            case 3:
                rule = With("MONTHLY", period) + ";BYDAY=" + Days(Number(rest)) + ";BYSETPOS=" + (Number(rest[4..]) is > 0 and < 5 and var n ? n : -1).ToString(CultureInfo.InvariantCulture);
                rest = rest[8..];
                break;
            case 4:
                rule = With("MONTHLY", period) + ";BYMONTHDAY=-1";
                rest = rest[4..];
                break;
            default:
                return null;
        }
        // It ends at a day or after a number of times; the number stands there in either case.
        if (rest.Length >= 8 && Number(rest) is 0x2021 or 0x2022 && Number(rest[4..]) is > 0 and var count) rule += string.Create(CultureInfo.InvariantCulture, $";COUNT={count}");
        return rule;
    }

    private static int Word(ReadOnlySpan<byte> pattern, int at) => BinaryPrimitives.ReadUInt16LittleEndian(pattern[at..]);

    private static int Number(ReadOnlySpan<byte> at) => at.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(at);

    private static string With(string frequency, int interval) => "FREQ=" + frequency + (interval > 1 ? string.Create(CultureInfo.InvariantCulture, $";INTERVAL={interval}") : "");

    private static string Days(int mask)
    {
        ReadOnlySpan<string> names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
        var days = new List<string>();
        for (var i = 0; i < names.Length; i++)
            if ((mask & 1 << i) != 0) days.Add(names[i]);
        return days.Count == 0 ? "MO" : string.Join(',', days);
    }
}
