namespace HelpdeskMail.Core.Settings;

/// <summary>A parameter that a page offers as a list.</summary>
public interface IChoiceParameter
{
    /// <summary>Names as they are kept.</summary>
    IReadOnlyList<string> Choices { get; }
}
