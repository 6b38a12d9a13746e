using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>What every field of a form has: a name (the JSON name that faults come back under), a label, a hint, and the faults found in it.</summary>
public abstract class FieldBase : ComponentBase
{
    [CascadingParameter] public FormFaults? Faults { get; set; }

    /// <summary>The control's id too, so it is unique on the page.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    [Parameter] public bool Optional { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>Width, such as "span-6" of twelve columns.</summary>
    [Parameter] public string? Class { get; set; }

    protected IReadOnlyList<string> Errors => Faults?[Name] ?? [];

    /// <summary>The attributes that tie the control to its hint and faults for assistive technology.</summary>
    protected IReadOnlyDictionary<string, object> Aria
    {
        get
        {
            var attributes = new Dictionary<string, object>(StringComparer.Ordinal);
            var described = string.Join(' ', new[] { Errors.Count > 0 ? $"{Name}-error" : null, Hint is null ? null : $"{Name}-hint" }.OfType<string>());
            if (described.Length > 0) attributes["aria-describedby"] = described;
            if (Errors.Count > 0) attributes["aria-invalid"] = "true";
            return attributes;
        }
    }
}
