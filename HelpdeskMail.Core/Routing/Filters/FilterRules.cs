using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Checks a filter, all faults at once, each under its place in API.md's form ("conditions[0].value").</summary>
internal static class FilterRules
{
    private const int MaxConditions = 50;
    private const int MaxPattern = 1000;
    private const int MaxValue = 2000;
    private const int MaxOrder = 1_000_000;

    public static async Task CheckAsync(HelpdeskDb db, FilterDraft draft, Faults faults, CancellationToken cancel)
    {
        draft.Name = FieldRules.Line(faults, "name", draft.Name, 200);
        if (draft.Order is < -MaxOrder or > MaxOrder) faults.Add("order", $"Must be between {-MaxOrder} and {MaxOrder}.");
        FieldRules.Known(faults, "match", draft.Match);
        if (draft.Conditions.Count is 0 or > MaxConditions) faults.Add("conditions", draft.Conditions.Count == 0 ? "Add at least one condition." : $"At most {MaxConditions} conditions.");
        if (draft.Actions.Count is 0 or > MaxConditions) faults.Add("actions", draft.Actions.Count == 0 ? "Add at least one action." : $"At most {MaxConditions} actions.");
        for (var i = 0; i < draft.Conditions.Count; i++) draft.Conditions[i] = Condition(draft.Conditions[i], $"conditions[{i}]", faults);
        for (var i = 0; i < draft.Actions.Count; i++) draft.Actions[i] = await ActionAsync(db, draft.Actions[i], $"actions[{i}]", faults, cancel);
    }

    private static FilterCondition Condition(FilterCondition condition, string path, Faults faults)
    {
        var field = FieldRules.Line(faults, path + ".field", condition.Field, 200);
        if (field.Length > 0 && !IsHeaderName(field)) faults.Add(path + ".field", $"\"{field}\" is no header's name; body, recipient, attachmentCount and authentication are the other choices.");
        FieldRules.Known(faults, path + ".operator", condition.Operator);
        if (condition.Operator == FilterOperator.Exists) return condition with { Field = field, Value = "" };
        if ((condition.Value ?? "").Length == 0) faults.Add(path + ".value", "Must not be empty.");
        else if (condition.Value!.Length > MaxPattern) faults.Add(path + ".value", $"Must not be longer than {MaxPattern} characters.");
        else if (condition.Operator == FilterOperator.Regex && CompiledCondition.Fault(condition.Value) is { } fault) faults.Add(path + ".value", fault);
        return condition with { Field = field, Value = condition.Value ?? "" };
    }

    private static async Task<FilterAction> ActionAsync(HelpdeskDb db, FilterAction action, string path, Faults faults, CancellationToken cancel)
    {
        var value = FieldRules.Line(faults, path + ".value", action.Value, MaxValue, required: false);
        if (action.Set.StartsWith(FilterActions.Header, StringComparison.OrdinalIgnoreCase))
        {
            if (!IsHeaderName(action.Set[FilterActions.Header.Length..])) faults.Add(path + ".set", "After \"header:\" comes a header's name.");
            return action with { Value = value };
        }
        if (action.Set.StartsWith(FilterActions.Field, StringComparison.OrdinalIgnoreCase))
        {
            var name = action.Set[FilterActions.Field.Length..].Trim();
            if (name.Length > 100 || !IsHeaderName(name)) faults.Add(path + ".set", "After \"field:\" comes the name of a ticket's field: letters, digits and signs without spaces or colons, at most 100.");
            return new FilterAction(FilterActions.Field + name, value);
        }
        if (FilterActions.All.FirstOrDefault(known => known.Equals(action.Set, StringComparison.OrdinalIgnoreCase)) is not { } set)
        {
            faults.Add(path + ".set", $"Must be one of {string.Join(", ", FilterActions.All)}, field:NAME or header:NAME.");
            return action;
        }
        if (await FaultAsync(db, set, value, cancel) is { } fault) faults.Add(path + ".value", fault);
        return new FilterAction(set, value);
    }

    /// <summary>What captured groups are to fill in can only be known with a mail at hand.</summary>
    private static async Task<string?> FaultAsync(HelpdeskDb db, string set, string value, CancellationToken cancel)
    {
        if (value.Contains("${", StringComparison.Ordinal)) return null;
        switch (set)
        {
            case FilterActions.Queue:
                return (await db.Queues.Select(queue => queue.Name).ToListAsync(cancel)).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"There is no queue \"{value}\".";
            case FilterActions.Priority:
                return Enum.TryParse<TicketPriority>(value, ignoreCase: true, out var priority) && Enum.IsDefined(priority) ? null : "Must be one of low, normal, high, urgent.";
            case FilterActions.State:
                return Enum.TryParse<TicketState>(value, ignoreCase: true, out var state) && state is TicketState.New or TicketState.Open or TicketState.Pending or TicketState.Closed ? null : "Must be one of new, open, pending, closed.";
            case FilterActions.Owner:
                var normalized = value.ToUpperInvariant();
                return await db.Users.AnyAsync(user => user.NormalizedEmail == normalized, cancel) ? null : $"There is no user with the address \"{value}\".";
            case FilterActions.Customer:
                return MailAddress.TryParse(value, out _) ? null : $"\"{value}\" is not an e-mail address.";
            case FilterActions.Tag:
                return value.Length is > 0 and <= 100 ? null : "A tag has between 1 and 100 characters.";
            default:
                return null;
        }
    }

    /// <summary>RFC 5322 §3.6.8: printable ASCII without the colon.</summary>
    private static bool IsHeaderName(string name) => name.Length > 0 && name.All(c => c is > ' ' and < '\u007f' and not ':');
}
