using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "filters".</summary>
internal static class FilterSection
{
    public static JsonNode Write(Filter filter) => new JsonObject
    {
        ["name"] = filter.Name,
        ["order"] = filter.Order,
        ["stop"] = filter.Stop,
        ["match"] = JsonFields.Name(filter.Match),
        ["conditions"] = new JsonArray([.. filter.Conditions.Select(condition => new JsonObject
        {
            ["field"] = condition.Field,
            ["operator"] = JsonFields.Name(condition.Operator),
            ["negate"] = condition.Negate,
            ["value"] = condition.Value,
        })]),
        ["actions"] = new JsonArray([.. filter.Actions.Select(action => new JsonObject { ["set"] = action.Set, ["value"] = action.Value })]),
    };

    public static string Text(Filter filter) => Write(filter).ToJsonString();

    public static void Read(JsonFields fields, FilterDraft draft)
    {
        fields.Text("name", value => draft.Name = value);
        fields.Number("order", value => draft.Order = value);
        fields.Flag("stop", value => draft.Stop = value);
        fields.Choice<FilterMatch>("match", value => draft.Match = value);
        if (fields.Has("conditions")) draft.Conditions = [.. fields.Objects("conditions").Select(Condition)];
        if (fields.Has("actions")) draft.Actions = [.. fields.Objects("actions").Select(Action)];
        fields.End();
    }

    private static FilterCondition Condition(JsonFields fields)
    {
        var (field, comparison, negate, text) = ("", FilterOperator.Contains, false, "");
        fields.Text("field", value => field = value);
        fields.Choice<FilterOperator>("operator", value => comparison = value);
        fields.Flag("negate", value => negate = value);
        fields.Text("value", value => text = value);
        fields.End();
        return new FilterCondition(field, comparison, negate, text);
    }

    private static FilterAction Action(JsonFields fields)
    {
        var (set, text) = ("", "");
        fields.Text("set", value => set = value);
        fields.Text("value", value => text = value);
        fields.End();
        return new FilterAction(set, text);
    }
}
