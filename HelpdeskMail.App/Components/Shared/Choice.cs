namespace HelpdeskMail.App.Components.Shared;

/// <summary>One option of a <see cref="SelectField{TValue}"/>.</summary>
/// <param name="Hint">A sentence on what choosing it means; shown by <see cref="RadioField{TValue}"/>.</param>
/// <param name="Group">Options of the same group stand together under its name.</param>
public sealed record Choice<TValue>(TValue Value, string Text, string? Hint = null, string? Group = null);
