using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class RecipientListTests
{
    [Fact]
    public void Addresses_are_read_as_people_type_them()
    {
        Assert.True(RecipientList.TryRead("anna@example.org; Bert <bert@example.org>,\n\"Weiß, Jürgen\" <j@example.org>, ANNA@example.org,", out var addresses, out _));

        Assert.Equal([new MessageAddress(null, "anna@example.org"), new("Bert", "bert@example.org"), new("Weiß, Jürgen", "j@example.org")], addresses);
    }

    [Theory]
    [InlineData("anna", "anna")]
    [InlineData("anna@example.org, Bert", "Bert")]
    [InlineData("a b@example.org", "a b@example.org")]
    [InlineData("anna@", "anna@")]
    public void What_is_no_address_is_named(string text, string expected)
    {
        Assert.False(RecipientList.TryRead(text, out _, out var wrong));
        Assert.Equal(expected, wrong);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        MessageAddress[] addresses = [new("Weiß, \"J\"", "j@example.org"), new(null, "anna@example.org"), new("Anna Müller", "a@example.org")];

        Assert.True(RecipientList.TryRead(RecipientList.Write(addresses), out var read, out _));
        Assert.Equal([new("Weiß, J", "j@example.org"), addresses[1], addresses[2]], read);
    }
}
