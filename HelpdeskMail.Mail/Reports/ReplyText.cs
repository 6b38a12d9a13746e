namespace HelpdeskMail.Mail.Reports;

/// <summary>Separates what somebody wrote from what they quoted and how they sign. Nothing is thrown away: the parts are cuts of the text.</summary>
public static class ReplyText
{
    /// <summary>Works on plain text; HTML goes through <see cref="HtmlText.From"/> first. A text that is all quotation stays visible as a whole.</summary>
    public static ReplyParts Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ReplySplitter(text).Split();
    }
}
