namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Which conditions follow from others, and which exclude each other. Says yes only where it is certain, whatever the mail.</summary>
internal static class ConditionLogic
{
    /// <summary>Fields with one text at most: those that RFC 5322 §3.6 lets occur once, and what isn't a header at all. Of any other, two texts may meet two conditions.</summary>
    private static readonly HashSet<string> Single = new(StringComparer.OrdinalIgnoreCase)
    {
        "Subject", "From", "To", "Cc", "Sender", "Reply-To", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type",
        FilterMail.Body, FilterMail.AttachmentCount, "X-Helpdesk-AttachmentCount", "X-Helpdesk-AttachmentExists",
    };

    /// <summary>Whether <paramref name="other"/> holds for every mail for which <paramref name="one"/> does.</summary>
    public static bool Implies(FilterCondition one, FilterCondition other)
    {
        if (!one.Field.Equals(other.Field, StringComparison.OrdinalIgnoreCase)) return false;
        return (one.Negate, other.Negate) switch
        {
            (false, false) => Covers(one, other),
            (true, true) => Covers(other, one),
            (false, true) => Exclude(one, other),
            _ => false,
        };
    }

    /// <summary>Whether no mail can meet both.</summary>
    public static bool Contradict(FilterCondition one, FilterCondition other)
    {
        if (!one.Field.Equals(other.Field, StringComparison.OrdinalIgnoreCase)) return false;
        return (one.Negate, other.Negate) switch
        {
            (false, false) => Exclude(one, other),
            (false, true) => Covers(one, other),
            (true, false) => Covers(other, one),
            _ => false,
        };
    }

    /// <summary>Both taken without their negation: a text that meets the one meets the other.</summary>
    private static bool Covers(FilterCondition one, FilterCondition other)
    {
        if (other.Operator == FilterOperator.Exists) return true; // every comparison needs a text
        if (one.Operator == FilterOperator.Regex || other.Operator == FilterOperator.Regex) return one.Operator == other.Operator && one.Value == other.Value;
        var (text, wanted) = (one.Operator == FilterOperator.Equals ? one.Value.Trim() : one.Value, other.Value);
        return (one.Operator, other.Operator) switch
        {
            (FilterOperator.Exists, _) => false,
            (FilterOperator.Equals, FilterOperator.Equals) => text.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase),
            (_, FilterOperator.Contains) => text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
            (FilterOperator.Equals or FilterOperator.StartsWith, FilterOperator.StartsWith) => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
            (FilterOperator.Equals or FilterOperator.EndsWith, FilterOperator.EndsWith) => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    /// <summary>Both taken without their negation: one text can't meet both, and there is only one.</summary>
    private static bool Exclude(FilterCondition one, FilterCondition other)
    {
        if (!Single.Contains(one.Field)) return false;
        if (one.Operator != FilterOperator.Equals && other.Operator == FilterOperator.Equals) (one, other) = (other, one);
        return (one.Operator, other.Operator) switch
        {
            (FilterOperator.Equals, FilterOperator.Equals) => !Covers(one, other),
            // "equals" doesn't see the blanks around a text; the others do
            (FilterOperator.Equals, FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith) => other.Value.Trim() == other.Value && !Covers(one, other),
            (FilterOperator.StartsWith, FilterOperator.StartsWith) or (FilterOperator.EndsWith, FilterOperator.EndsWith) => !Covers(one, other) && !Covers(other, one),
            _ => false,
        };
    }
}
