using System.Diagnostics;
using HelpdeskMail.App.Components.Pages.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class LinkedTextTests
{
    [Theory]
    [InlineData("see https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2")]
    [InlineData("(see http://example.org/a_(b))", "http://example.org/a_(b)", "http://example.org/a_(b)")]
    [InlineData("<https://example.org>", "https://example.org", "https://example.org")]
    [InlineData("www.example.org, please", "www.example.org", "http://www.example.org")]
    [InlineData("write to anna.b+c@example.org!", "anna.b+c@example.org", "mailto:anna.b+c@example.org")]
    public void An_address_in_text_can_be_clicked(string text, string shown, string target)
    {
        var pieces = LinkedText.Split(text);

        Assert.Equal((shown, target), Assert.Single(pieces, piece => piece.Link is not null));
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a@b, 5 @ 3 and http:// alone")]
    public void Nothing_else_can(string text) => Assert.All(LinkedText.Split(text), piece => Assert.Null(piece.Link));

    [Fact]
    public void Much_of_it_takes_linear_time()
    {
        var watch = Stopwatch.StartNew();
        _ = LinkedText.Split(string.Concat(Enumerable.Repeat("a@a.", 100_000)));
        _ = LinkedText.Split("https://" + new string('(', 400_000));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
