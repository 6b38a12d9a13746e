namespace HelpdeskMail.Mail.Reports;

/// <summary>One method's outcome: <c>spf=pass smtp.mailfrom=example.org</c>.</summary>
/// <param name="Method">spf, dkim, dmarc, arc … in lower case.</param>
/// <param name="Result">pass, fail, softfail, none … in lower case.</param>
/// <param name="Properties">What was examined, e.g. smtp.mailfrom, header.d.</param>
public sealed record AuthenticationResult(string Method, string Result, IReadOnlyDictionary<string, string> Properties);
