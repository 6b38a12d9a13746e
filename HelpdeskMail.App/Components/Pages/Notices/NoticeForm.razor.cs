using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Notices;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Notices;

/// <summary>Edits a notice's wording, one language at a time, with a preview of what would be sent.</summary>
public sealed partial class NoticeForm(NoticeEditor editor, NotificationService notifications)
{
    private static readonly string[] Fields = ["language", "subject", "text"];

    private FormFaults faults = FormFaults.None;
    private string chosen = "";
    private string language = "";
    private string subject = "";
    private string text = "";

    [Parameter, EditorRequired] public NoticeRow Row { get; set; } = null!;

    [Parameter] public EventCallback Changed { get; set; }

    private NoticeLanguageRow? Current => Row.Languages.FirstOrDefault(row => row.Language == chosen);

    /// <summary>"" stands for a language that is to be added.</summary>
    private IReadOnlyList<Choice<string>> Languages => [.. Row.Languages.Select(row => new Choice<string>(row.Language, NameOf(row))), new("", T["AddLanguage"])];

    private string Known => string.Join(", ", NoticePlaceholders.Of(Row.Kind).Select(name => $"{{{name}}}"));

    private NoticeWording Preview => NoticeEditor.Preview(subject, text);

    protected override void OnInitialized() => Choose(Row.Languages[0].Language);

    private void Choose(string wanted)
    {
        (chosen, language, faults) = (wanted, wanted, FormFaults.None);
        var wording = (Current ?? Row.Languages[0]).Wording;
        (subject, text) = (wording.Subject, wording.Text);
    }

    private async Task SaveAsync()
    {
        var draft = new NoticeDraft { Kind = Row.Kind, Language = language, Subject = subject, Text = text };
        faults = new FormFaults((await editor.SaveAsync(draft)).Errors);
        if (faults.Any) return;
        notifications.Notify(NotificationSeverity.Success, T["Saved"]);
        chosen = language = language.Trim().ToLowerInvariant();
        await Changed.InvokeAsync();
    }

    private async Task ResetAsync()
    {
        var back = Current is { BuiltIn: true } ? chosen : Row.Languages[0].Language;
        await editor.ResetAsync(Row.Kind, chosen);
        await Changed.InvokeAsync();
        Choose(back);
    }

    private string NameOf(NoticeLanguageRow row)
    {
        var name = row.Language;
        try
        {
            name = $"{CultureInfo.GetCultureInfo(row.Language).NativeName} ({row.Language})";
        }
        catch (CultureNotFoundException)
        {
            // A language that this system has no name for.
        }
        return row.Changed ? T["LanguageChanged", name] : name;
    }
}
