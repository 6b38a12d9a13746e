using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class TicketListQueryTests
{
    [Fact]
    public void An_empty_url_asks_for_what_still_wants_something_done_latest_first()
    {
        var filter = TicketListQuery.Read(null, null, null, null, null, null, null).ToFilter("me-1");

        Assert.Equal(new TicketFilter { States = filter.States, PageSize = TicketListQuery.PageSize }, filter);
        Assert.Empty(filter.States);
        Assert.False(filter.AllStates);
    }

    [Fact]
    public void Everything_chosen_reaches_the_query()
    {
        var query = TicketListQuery.Read(" invoice ", 3, "pending", "me", "priority", "asc", 4);
        var filter = query.ToFilter("me-1");

        Assert.Equal("invoice", filter.Text);
        Assert.Equal(3, filter.QueueId);
        Assert.Equal([TicketState.Pending], filter.States);
        Assert.Equal("me-1", filter.Owner);
        Assert.Equal(TicketSort.Priority, filter.Sort);
        Assert.True(filter.Ascending);
        Assert.Equal(4, filter.Page);
        Assert.True(query.IsFiltered);
    }

    [Fact]
    public void All_states_are_asked_for_by_name() => Assert.True(TicketListQuery.Read(null, null, "all", null, null, null, null).ToFilter(null).AllStates);

    [Theory]
    [InlineData("nonsense", "nonsense", -5)]
    [InlineData("2", "17", 0)]
    [InlineData("", "", int.MinValue)]
    public void What_makes_no_sense_restricts_nothing(string state, string sort, int page)
    {
        var query = TicketListQuery.Read("  ", null, state, "", sort, "sideways", page);

        Assert.Equal(TicketListQuery.Read(null, null, null, null, null, null, null), query);
        Assert.False(query.IsFiltered);
    }
}
