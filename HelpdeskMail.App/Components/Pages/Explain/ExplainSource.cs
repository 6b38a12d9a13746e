namespace HelpdeskMail.App.Components.Pages.Explain;

/// <summary>Where the mail to explain comes from.</summary>
internal enum ExplainSource
{
    Paste,
    Upload,
    Stored,
}
