using System.Globalization;

namespace HelpdeskMail.Mail.Mime;

/// <summary>One pass over a date's words: what each can be, it is. Day, month, year and time may stand in any order a mailer has thought of.</summary>
internal struct DateReader
{
    private const int MaxLength = 300;
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private int _day, _month, _year, _hour, _minute, _second;
    private bool _haveYear, _haveTime, _pm, _am;
    private TimeSpan? _zone;
    private int _numbers;

    internal static DateTimeOffset? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength) return null;
        var reader = new DateReader { _day = -1, _month = -1 };
        Span<char> plain = stackalloc char[text.Length];
        var n = WithoutComments(text, plain);
        foreach (var range in plain[..n].SplitAny(" \t\r\n,;"))
        {
            var word = plain[range];
            if (!word.IsEmpty) reader.Take(word);
        }
        return reader.Result();
    }

    private static int WithoutComments(string text, Span<char> plain)
    {
        var n = 0;
        var depth = 0;
        var close = text.LastIndexOf(')');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '(' && (depth > 0 || i < close)) depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (c == '\\' && depth > 0) i++;
            else if (depth == 0)
            {
                // obsolete: blanks around the colons of a time (RFC 5322 §4.3)
                if (c is ' ' or '\t' && n > 0 && plain[n - 1] == ':') continue;
                while (c == ':' && n > 0 && plain[n - 1] is ' ' or '\t') n--;
                plain[n++] = c;
            }
        }
        return n;
    }

    private void Take(ReadOnlySpan<char> word)
    {
        if (char.IsAsciiDigit(word[0])) TakeDigits(word);
        else if (word[0] is '+' or '-') TakeOffset(word);
        else TakeName(word);
    }

    private void TakeDigits(ReadOnlySpan<char> word)
    {
        // ISO 8601: 2000-05-17T23:35:05Z
        if (word.Length > 11 && word[10] is 'T' or 't' && TakeDate(word[..10]))
        {
            Take(word[11..]);
            return;
        }
        if (word.Contains(':'))
        {
            TakeTime(word);
            return;
        }
        if (word.IndexOfAny('-', '/', '.') > 0 && TakeDate(word)) return;
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        if (digits > 0)
        {
            if (word[digits..] is "st" or "nd" or "rd" or "th" or ".") word = word[..digits];
            else if (word[digits..] is "am" or "AM" or "pm" or "PM") TakeHalf(word[digits..]);
            else if (digits == 8 && word[8] == 'T') { TakeNumber(word[..8]); return; }
        }
        TakeNumber(word);
    }

    private void TakeNumber(ReadOnlySpan<char> word)
    {
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return;
        if (word.Length == 8 && value / 10000 is > 1900 and < 2200)
        {
            SetDate(value / 10000, value / 100 % 100, value % 100);
            return;
        }
        if (_day < 0 && word.Length <= 2 && value is >= 1 and <= 31) _day = value;
        else if (_month < 0 && _day > 0 && _numbers == 1 && word.Length <= 2) _month = value is >= 1 and <= 12 ? value : 99;
        else if (!_haveYear && (word.Length is 4 or 2 or 3))
        {
            _year = FullYear(value, word.Length);
            _haveYear = true;
        }
        else if (_haveYear && !_haveTime && _numbers is >= 3 and <= 5 && word.Length <= 2) TakeLooseTime(value);
        else if (_haveTime && _zone is null && word.Length == 4 && value < 1500) _zone = new TimeSpan(value / 100, value % 100, 0);
        _numbers++;
    }

    // "4 8 15 16 23 42": hour, minute and second as words of their own.
    private void TakeLooseTime(int value)
    {
        if (_numbers == 3 && value < 24) _hour = value;
        else if (_numbers == 4 && value < 60) _minute = value;
        else if (_numbers == 5 && value < 61)
        {
            _second = value;
            _haveTime = true;
        }
    }

    // 17-May-2000, 2000-05-17, 05/17/2000, 17.05.2000
    private bool TakeDate(ReadOnlySpan<char> word)
    {
        Span<Range> parts = stackalloc Range[4];
        if (word.SplitAny(parts, "-/.") is not (2 or 3) || parts[2].Equals(default)) return false;
        ReadOnlySpan<char> a = word[parts[0]], b = word[parts[1]], c = word[parts[2]];
        var month = MonthOf(b);
        if (month > 0 && Number(a, out var day) && Number(c, out var year))
        {
            if (a.Length == 4) (day, year) = (year, day);
            return SetDate(a.Length == 4 ? year : FullYear(year, c.Length), month, day);
        }
        if (!Number(a, out var x) || !Number(b, out var y) || !Number(c, out var z)) return false;
        if (a.Length == 4) return SetDate(x, y, z);
        z = FullYear(z, c.Length);
        var dayFirst = word.Contains('.') || x > 12;
        return dayFirst ? SetDate(z, y, x) : y > 12 || word.Contains('/') ? SetDate(z, x, y) : SetDate(z, y, x);
    }

    private void TakeTime(ReadOnlySpan<char> word)
    {
        if (_haveTime) return;
        var zone = word.IndexOfAny('+', '-', 'Z');
        if (zone > 0)
        {
            var tail = word[zone..];
            word = word[..zone];
            if (tail[0] == 'Z') _zone = TimeSpan.Zero;
            else TakeOffset(tail);
        }
        Span<Range> parts = stackalloc Range[4];
        var n = word.Split(parts, ':');
        if (n < 2 || !Number(word[parts[0]], out var hour)) return;
        var minuteWord = word[parts[1]];
        var end = minuteWord.IndexOfAnyExceptInRange('0', '9');
        if (end == 0) return;
        if (end > 0)
        {
            TakeHalf(minuteWord[end..]);
            minuteWord = minuteWord[..end];
        }
        if (!Number(minuteWord, out var minute)) return;
        var second = 0;
        if (n > 2)
        {
            var secondWord = word[parts[2]];
            end = secondWord.IndexOfAnyExceptInRange('0', '9');
            if (end >= 0)
            {
                TakeHalf(secondWord[end..]);
                secondWord = secondWord[..end];
            }
            if (!secondWord.IsEmpty && !Number(secondWord, out second)) return;
        }
        if (hour > 24 || minute > 59 || second > 60) return;
        (_hour, _minute, _second, _haveTime) = (hour, minute, Math.Min(second, 59), true);
    }

    private void TakeHalf(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("pm", StringComparison.OrdinalIgnoreCase) || word.StartsWith("p.m", StringComparison.OrdinalIgnoreCase)) _pm = true;
        else if (word.StartsWith("am", StringComparison.OrdinalIgnoreCase) || word.StartsWith("a.m", StringComparison.OrdinalIgnoreCase)) _am = true;
    }

    private void TakeOffset(ReadOnlySpan<char> word)
    {
        if (word.Length > 1 && word[1] is '+' or '-') return; // "+-0500": no one can say which
        Span<char> digits = stackalloc char[8];
        var n = 0;
        foreach (var c in word[1..])
        {
            if (c == ':') continue;
            if (!char.IsAsciiDigit(c) || n == digits.Length) break;
            digits[n++] = c;
        }
        if (n is 0 or > 4 || !Number(digits[..n], out var value)) return;
        if (n <= 2) value *= 100;
        if (value % 100 > 59 || value / 100 > 14) return;
        var offset = new TimeSpan(value / 100, value % 100, 0);
        if (_haveTime || _haveYear) _zone = word[0] == '-' ? -offset : offset;
    }

    private void TakeName(ReadOnlySpan<char> word)
    {
        if (word is [.., '.']) word = word[..^1];
        if (MonthOf(word) is var month and > 0)
        {
            if (_month > 0 && _day < 0 && _month <= 31) _day = _month;
            _month = month;
            return;
        }
        if (word.Equals("pm", StringComparison.OrdinalIgnoreCase) || word.Equals("am", StringComparison.OrdinalIgnoreCase)
            || word.Equals("p.m", StringComparison.OrdinalIgnoreCase) || word.Equals("a.m", StringComparison.OrdinalIgnoreCase))
        {
            TakeHalf(word);
            return;
        }
        if (word.StartsWith("T") && word.Length > 5 && char.IsAsciiDigit(word[1]))
        {
            TakeTime(word[1..]);
            return;
        }
        if (!_haveTime || _zone is { } known && known != TimeSpan.Zero) return;
        var sign = word.IndexOfAny('+', '-');
        if (sign is 3 or 2 && (word.StartsWith("GMT", StringComparison.OrdinalIgnoreCase) || word.StartsWith("UT", StringComparison.OrdinalIgnoreCase)))
        {
            TakeOffset(word[sign..]);
            return;
        }
        if (_zone is null && ZoneOf(word) is { } hours) _zone = TimeSpan.FromHours(hours);
    }

    private bool SetDate(int year, int month, int day)
    {
        if (year is < 1900 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        (_year, _month, _day, _haveYear) = (year, month, day, true);
        return true;
    }

    private readonly DateTimeOffset? Result()
    {
        if (!_haveYear || _month is < 1 or > 12 || _day < 1 || _year is < 1900 or > 9998 || _day > DateTime.DaysInMonth(_year, _month)) return null;
        var hour = _hour;
        if (_pm && hour < 12) hour += 12;
        if (_am && hour == 12) hour = 0;
        var local = new DateTime(_year, _month, _day, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).AddMinutes(_minute).AddSeconds(_second);
        return new DateTimeOffset(local, _zone ?? TimeSpan.Zero);
    }

    private static bool Number(ReadOnlySpan<char> word, out int value) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    // RFC 5322 §4.3: two digits to 49 are 20xx, from 50 on 19xx; three are counted from 1900.
    private static int FullYear(int year, int digits) => digits == 2 ? (year < 50 ? 2000 + year : 1900 + year) : digits == 3 ? 1900 + year : year;

    private static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return 0;
        Span<char> lower = stackalloc char[3];
        if (word[..3].ToLowerInvariant(lower) < 3) return 0;
        var at = Months.AsSpan().IndexOf(lower);
        while (at >= 0 && at % 3 != 0)
        {
            var more = Months.AsSpan(at + 1).IndexOf(lower);
            at = more < 0 ? -1 : at + 1 + more;
        }
        if (at < 0) return 0;
        foreach (var c in word)
            if (!char.IsAsciiLetter(c)) return 0;
        return at / 3 + 1;
    }

    // RFC 5322 §4.3 and other names that mean one thing in mail. "MST"-like names of other places are not guessed; military letters say nothing.
    private static double? ZoneOf(ReadOnlySpan<char> word)
    {
        Span<char> upper = stackalloc char[12];
        if (word.Length > upper.Length) return null;
        var n = word.ToUpperInvariant(upper);
        return upper[..n] switch
        {
            "GMT" or "UT" or "UTC" or "Z" or "WET" => 0,
            "EST" or "EST5EDT" or "CDT" => -5,
            "EDT" or "EASTERN" or "AST" => -4,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            "AKST" => -9,
            "HST" => -10,
            "BST" or "CET" or "MET" or "MEZ" or "WEST" => 1,
            "CEST" or "MEST" or "MESZ" or "EET" or "SAST" => 2,
            "EEST" or "MSK" => 3,
            "MSD" => 4,
            "IST" => 5.5,
            "JST" or "KST" => 9,
            "AEST" => 10,
            "AEDT" => 11,
            "NZST" => 12,
            "NZDT" => 13,
            _ => null,
        };
    }
}
