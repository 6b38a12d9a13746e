using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>
/// Judges a mail's author by the Authentication-Results of a trusted server (RFC 8601). DMARC (RFC 7489) settles it; where the server gives no DMARC result,
/// a DKIM signature (RFC 6376) or SPF (RFC 7208) of the author's own domain passes, and a plain failure of it fails. A signature of another domain says nothing of the author.
/// </summary>
public static class SenderAuthentication
{
    private const int MaxDetail = 400;

    /// <param name="headers">Of the outermost message: what a forwarded one carries inside was written by its sender (§7.10).</param>
    /// <param name="author">The address in From.</param>
    /// <param name="trustedHosts">Names of our own servers (authserv-ids).</param>
    /// <returns>Null: none of them said anything.</returns>
    public static SenderCheck? Judge(HeaderList headers, MailAddress author, IReadOnlyCollection<string> trustedHosts)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(author);
        if (AuthenticationResults.Read(headers, trustedHosts) is not var (host, results)) return null;
        var detail = string.Join(", ", results.Select(Say));
        if (detail.Length > MaxDetail) detail = detail[..MaxDetail];
        if (detail.Length == 0) detail = "no result";
        var domain = Domain(author.AsciiDomain ?? author.Domain);

        // RFC 7489 §6.6.1: with several authors there is no one domain to speak of, and several From fields are no mail at all (RFC 5322 §3.6).
        if (domain.Length == 0 || headers.All("From").Take(2).Count() != 1 || AddressParser.ParseList(headers["From"]).Count > 1) return new SenderCheck(SenderVerdict.Unknown, host, null, detail);
        var verdict = Verdict(results, author, domain);
        return new SenderCheck(verdict, host, verdict == SenderVerdict.Unknown ? null : domain, detail);
    }

    private static SenderVerdict Verdict(IReadOnlyList<AuthenticationResult> results, MailAddress author, string domain)
    {
        if (results.FirstOrDefault(result => result.Method == "dmarc") is { } dmarc && (dmarc.Properties.GetValueOrDefault("header.from") is not { } judged || Domain(judged) == domain))
        {
            if (dmarc.Result == "pass") return SenderVerdict.Passed;
            if (dmarc.Result == "fail") return SenderVerdict.Failed;
        }
        if (results.Any(result => result.Result == "pass" && Speaks(result, author, domain))) return SenderVerdict.Passed;
        return results.Any(result => result.Result is "fail" or "hardfail" && result.Method is "dkim" or "spf" && Speaks(result, author, domain)) ? SenderVerdict.Failed : SenderVerdict.Unknown;
    }

    /// <summary>Whether a result is about the author's domain, or one above it. One below it doesn't count: anybody may have a name under a public suffix.</summary>
    private static bool Speaks(AuthenticationResult result, MailAddress author, string domain) => result.Method switch
    {
        "dkim" => Aligned(result.Properties.GetValueOrDefault("header.d") ?? result.Properties.GetValueOrDefault("header.i"), domain),
        "spf" => Aligned(result.Properties.GetValueOrDefault("smtp.mailfrom"), domain),
        // §2.7.4: somebody logged in with this very address and submitted it
        "auth" => author.Address.Equals(result.Properties.GetValueOrDefault("smtp.auth"), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool Aligned(string? said, string domain)
    {
        var other = Domain(said ?? "");
        return other.Contains('.', StringComparison.Ordinal) && (domain == other || domain.EndsWith("." + other, StringComparison.Ordinal));
    }

    /// <summary>Of "@example.org", "ann@example.org" or "example.org".</summary>
    private static string Domain(string text) => text[(text.LastIndexOf('@') + 1)..].Trim('<', '>', '.', ' ').ToLowerInvariant();

    private static string Say(AuthenticationResult result)
    {
        var about = result.Method switch
        {
            "dmarc" => result.Properties.GetValueOrDefault("header.from"),
            "dkim" => result.Properties.GetValueOrDefault("header.d") ?? result.Properties.GetValueOrDefault("header.i"),
            "spf" => result.Properties.GetValueOrDefault("smtp.mailfrom") ?? result.Properties.GetValueOrDefault("smtp.helo"),
            "auth" => result.Properties.GetValueOrDefault("smtp.auth"),
            _ => null,
        };
        return about is { Length: > 0 } ? $"{result.Method}={result.Result} ({about})" : $"{result.Method}={result.Result}";
    }
}
