using HelpdeskMail.App.Resources;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.Extensions.Localization;

namespace HelpdeskMail.App.Components.Pages.Filters;

/// <summary>Conditions and actions in words.</summary>
internal static class FilterWords
{
    public const string HeaderPrefix = "header:";
    public const string FieldPrefix = "field:";

    /// <summary>Of actions that are followed by a name.</summary>
    public static readonly IReadOnlyList<string> Prefixes = [HeaderPrefix, FieldPrefix];

    public static string Of(FilterCondition condition, IStringLocalizer<FilterTexts> texts)
    {
        var words = $"{condition.Field} {texts[$"{(condition.Negate ? "Not" : "Op")}.{condition.Operator}"]}";
        return condition.Operator == FilterOperator.Exists ? words : $"{words} “{condition.Value}”";
    }

    public static string Of(FilterAction action, IStringLocalizer<FilterTexts> texts)
    {
        if (action.Set.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)) return texts["Do.header", action.Set[HeaderPrefix.Length..], action.Value];
        if (action.Set.StartsWith(FieldPrefix, StringComparison.OrdinalIgnoreCase)) return texts["Do.field", action.Set[FieldPrefix.Length..], action.Value];
        var words = texts[$"Do.{action.Set}", action.Value].Value;
        return IsSwitch(action.Set) && IsOff(action.Value) ? texts["Do.Off", words].Value : words;
    }

    /// <summary>Takes no value but on and off.</summary>
    public static bool IsSwitch(string set) => set is "ignore" or "noAutoReply";

    public static bool IsOff(string value) => value.Trim().ToLowerInvariant() is "false" or "no" or "0" or "off";

    public static string Of(FilterAdvice advice, IStringLocalizer<FilterTexts> texts) => texts[$"Advice.{advice.Kind}", advice.Subject];
}
