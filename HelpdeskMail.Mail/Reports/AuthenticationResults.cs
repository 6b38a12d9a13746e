using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Authentication-Results (RFC 8601) of a host one trusts. Anybody can write the field; only the ones that our own server put on top count.</summary>
public static class AuthenticationResults
{
    private const int MaxResults = 50;

    /// <summary>The results that <paramref name="trustedHost"/> gave, from the topmost of its fields; empty where it gave none.</summary>
    public static IReadOnlyList<AuthenticationResult> Read(HeaderList headers, string trustedHost)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentException.ThrowIfNullOrEmpty(trustedHost);
        foreach (var value in headers.All("Authentication-Results"))
        {
            var pieces = WithoutComments(value).Split(';', MaxResults + 1);
            var host = pieces[0].Trim().Split(' ')[0]; // a version may follow, §2.2
            if (!host.Equals(trustedHost, StringComparison.OrdinalIgnoreCase)) continue;
            var results = new List<AuthenticationResult>();
            foreach (var piece in pieces.Skip(1).Take(MaxResults))
                if (Parse(piece) is { } result) results.Add(result);
            return results;
        }
        return [];
    }

    private static AuthenticationResult? Parse(string piece)
    {
        var words = piece.Replace(" = ", "=", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].IndexOf('=', StringComparison.Ordinal) is not (var sign and > 0)) return null; // "none"
        var method = words[0][..sign].Split('/')[0].ToLowerInvariant();
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words.Skip(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) properties[word[..equals].ToLowerInvariant()] = word[(equals + 1)..].Trim('"');
        }
        return new AuthenticationResult(method, words[0][(sign + 1)..].ToLowerInvariant(), properties);
    }

    private static string WithoutComments(string value)
    {
        Span<char> kept = value.Length <= 4096 ? stackalloc char[value.Length] : new char[value.Length];
        var n = 0;
        var depth = 0;
        foreach (var c in value)
        {
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (depth == 0) kept[n++] = c;
        }
        return kept[..n].ToString();
    }
}
