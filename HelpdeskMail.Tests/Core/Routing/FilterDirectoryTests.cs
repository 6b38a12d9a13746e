using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class FilterDirectoryTests
{
    private static readonly Actor Admin = new(null, "Ada");
    private static readonly FilterAction[] Tag = [new("tag", "x")];

    public static TheoryData<string, FilterCondition[], FilterMatch, FilterCondition[], FilterMatch, bool> Shadows() => new()
    {
        { "the same", [Is("Subject", "a")], FilterMatch.All, [Is("subject", "A")], FilterMatch.All, true },
        { "weaker: contains what is equal", [Has("Subject", "voice")], FilterMatch.All, [Is("Subject", "Invoice")], FilterMatch.All, true },
        { "weaker: one of two", [Has("Subject", "a")], FilterMatch.All, [Has("Subject", "a"), Has("From", "b")], FilterMatch.All, true },
        { "stronger: one more", [Has("Subject", "a"), Has("From", "b")], FilterMatch.All, [Has("Subject", "a")], FilterMatch.All, false },
        { "stronger: a longer word", [Has("Subject", "invoices")], FilterMatch.All, [Has("Subject", "invoice")], FilterMatch.All, false },
        { "any of which one follows", [Has("Subject", "a"), Has("From", "b")], FilterMatch.Any, [Has("From", "b")], FilterMatch.All, true },
        { "any, of which one doesn't follow", [Has("From", "b")], FilterMatch.All, [Has("Subject", "a"), Has("From", "b")], FilterMatch.Any, false },
        { "whatever there is", [new("List-Id", FilterOperator.Exists, false, "")], FilterMatch.All, [Has("List-Id", "b")], FilterMatch.All, true },
        { "another than", [Not(Is("Subject", "b"))], FilterMatch.All, [Is("Subject", "a")], FilterMatch.All, true },
        { "another than, of a header that may occur twice", [Not(Is("Received", "b"))], FilterMatch.All, [Is("Received", "a")], FilterMatch.All, false },
        { "not the shorter, hence not the longer", [Not(Has("Subject", "invoice"))], FilterMatch.All, [Not(Has("Subject", "in"))], FilterMatch.All, true },
        { "another pattern", [new("Subject", FilterOperator.Regex, false, "a.")], FilterMatch.All, [new("Subject", FilterOperator.Regex, false, "a.b")], FilterMatch.All, false },
    };

    [Theory]
    [MemberData(nameof(Shadows))]
    public void EarlierFilterThatStops_ShadowsWhatCanOnlyMatchWithIt(string why, FilterCondition[] earlier, FilterMatch earlierMatch, FilterCondition[] later, FilterMatch laterMatch, bool shadowed)
    {
        var first = new Filter { Name = "a", Stop = true, Match = earlierMatch, Conditions = [.. earlier], Actions = [.. Tag] };
        var second = new Filter { Name = "b", Match = laterMatch, Conditions = [.. later], Actions = [.. Tag] };

        Assert.True(shadowed == new FilterAdvisor([second, first], [], []).Of(second) is [{ Kind: FilterAdviceKind.Shadowed, Subject: "a" }], why);
        Assert.Empty(new FilterAdvisor([first, second], [], []).Of(first));
        first.Stop = false;
        Assert.Empty(new FilterAdvisor([first, second], [], []).Of(second));
    }

    [Fact]
    public void FieldThatAFilterSetsOnTheWay_TellsNothing()
    {
        var first = new Filter { Name = "a", Stop = true, Conditions = [Is("X-Kind", "bill")], Actions = [.. Tag] };
        var setter = new Filter { Name = "b", Conditions = [Has("Subject", "bill")], Actions = [new("header:X-Kind", "bill")] };
        var second = new Filter { Name = "c", Conditions = [Is("X-Kind", "bill")], Actions = [.. Tag] };

        Assert.Empty(new FilterAdvisor([first, setter, second], [], []).Of(second));
    }

    [Theory]
    [InlineData("Subject", FilterOperator.Equals, "a", false, FilterOperator.Equals, "b", false, true)]
    [InlineData("Subject", FilterOperator.Equals, "a", false, FilterOperator.Contains, "b", false, true)]
    [InlineData("Subject", FilterOperator.Equals, "ab", false, FilterOperator.Contains, "b", false, false)]
    [InlineData("Subject", FilterOperator.Contains, "a", false, FilterOperator.Contains, "b", false, false)]
    [InlineData("Subject", FilterOperator.StartsWith, "a", false, FilterOperator.StartsWith, "b", false, true)]
    [InlineData("Subject", FilterOperator.Contains, "ab", false, FilterOperator.Contains, "a", true, true)]
    [InlineData("Received", FilterOperator.Equals, "a", false, FilterOperator.Equals, "b", false, false)]
    [InlineData("X-Any", FilterOperator.Exists, "", false, FilterOperator.Exists, "", true, true)]
    [InlineData("X-Any", FilterOperator.Contains, "a", false, FilterOperator.Exists, "", true, true)]
    [InlineData("X-Any", FilterOperator.Contains, "a", true, FilterOperator.Exists, "", true, false)]
    public void ConditionsThatExcludeEachOther_AreAContradiction(string field, FilterOperator one, string oneValue, bool oneNot, FilterOperator other, string otherValue, bool otherNot, bool contradiction)
    {
        var filter = new Filter { Name = "a", Conditions = [new(field, one, oneNot, oneValue), new(field, other, otherNot, otherValue)], Actions = [.. Tag] };

        Assert.Equal(contradiction, new FilterAdvisor([filter], [], []).Of(filter) is [{ Kind: FilterAdviceKind.Contradiction }]);
        filter.Match = FilterMatch.Any;
        Assert.Empty(new FilterAdvisor([filter], [], []).Of(filter));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task List_RunsInOrder_IsSearched_AndPointsOutAQueueThatIsGone(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await SaveAsync(desk, new() { Name = "b", Conditions = [Has("Subject", "offer")], Actions = [new("queue", "Sales")] });
        await SaveAsync(desk, new() { Name = "a", Conditions = [Has("From", "robot")], Actions = [.. Tag] });
        await SaveAsync(desk, new() { Name = "z", Order = -1, Conditions = [Has("Subject", "spam")], Actions = [new("ignore", "true")] });
        await desk.SetUpAsync(async db => (await db.Queues.SingleAsync(queue => queue.Name == "Sales")).Name = "Shop");
        var filters = desk.Get<FilterDirectory>();

        Assert.Equal([(1, "z"), (2, "a"), (3, "b")], (await filters.ListAsync()).Items.Select(row => (row.Position, row.Filter.Name)));
        var found = Assert.Single((await filters.ListAsync("OFFER")).Items);
        Assert.Equal((3, "b"), (found.Position, found.Filter.Name));
        Assert.Equal([new FilterAdvice(FilterAdviceKind.QueueGone, "Sales")], found.Advice);
        Assert.Empty((await filters.ListAsync("nothing")).Items);
    }

    [Fact]
    public async Task History_IsNewestFirst_AndGoesOnFromAPosition()
    {
        await using var desk = await FlowDesk.StartAsync();
        var id = await SaveAsync(desk, new() { Name = "a", Conditions = [Has("Subject", "one")], Actions = [.. Tag] });
        await SaveAsync(desk, new() { Id = id, Name = "a", Conditions = [Has("Subject", "two")], Actions = [.. Tag] });
        await desk.Get<FilterEditor>().RemoveAsync(id, Admin);
        var filters = desk.Get<FilterDirectory>();

        var newest = await filters.HistoryAsync(size: 2);
        Assert.Equal([("two", (string?)null), ("one", "two")], newest.Items.Select(change => (change.Before!.Conditions[0].Value, change.After?.Conditions[0].Value)));
        var rest = await filters.HistoryAsync(newest.Next, size: 2);
        var first = Assert.Single(rest.Items);
        Assert.Equal((null, "one", "Ada", null), (first.Before, first.After!.Conditions[0].Value, first.ActorName, rest.Next));
    }

    private static FilterCondition Is(string field, string value) => new(field, FilterOperator.Equals, false, value);

    private static FilterCondition Has(string field, string value) => new(field, FilterOperator.Contains, false, value);

    private static FilterCondition Not(FilterCondition condition) => condition with { Negate = true };

    private static async Task<long> SaveAsync(FlowDesk desk, FilterDraft draft)
    {
        var saved = await desk.Get<FilterEditor>().SaveAsync(draft, Admin);
        Assert.True(saved.Ok, string.Join(' ', saved.Errors.SelectMany(pair => pair.Value)));
        return saved.Value;
    }
}
