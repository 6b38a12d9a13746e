namespace HelpdeskMail.Mail.Reports;

/// <summary>Separates what somebody wrote from what they quoted.</summary>
public static class ReplyText
{
    public static ReplyParts Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ReplyParts(text.Trim(), -1, "", "");
    }
}
