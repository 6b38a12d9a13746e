using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class MergeAndTrustTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Merging_shows_the_other_ticket_first_and_leads_to_it()
    {
        await using var test = await PageTest.StartAsync();
        var (one, two) = (await test.AddTicketAsync("One"), await test.AddTicketAsync("Two"));
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, one.Id));
        await page.WaitForElement(".merge #number", Patience).ChangeAsync(new ChangeEventArgs { Value = "#" + two.Number });
        await page.Find(".merge form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Two", page.Find(".merge").TextContent, StringComparison.Ordinal), Patience);
        await using (var before = test.Db()) Assert.Null((await before.Tickets.SingleAsync(row => row.Id == one.Id)).MergedIntoId);

        await page.FindAll(".merge button")[^1].ClickAsync(new());

        Assert.EndsWith($"tickets/{two.Id}", test.Navigation.Uri, StringComparison.Ordinal);
        await using var db = test.Db();
        Assert.Equal(two.Id, (await db.Tickets.SingleAsync(row => row.Id == one.Id)).MergedIntoId);
        Assert.Equal(PageTest.Me, (await db.TicketEvents.FirstAsync()).ActorId);
    }

    [Fact]
    public async Task A_number_that_is_not_there_is_said_at_the_field()
    {
        await using var test = await PageTest.StartAsync();
        var one = await test.AddTicketAsync("One");
        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, one.Id));
        await page.WaitForElement(".merge #number", Patience).ChangeAsync(new ChangeEventArgs { Value = "999999" });

        await page.Find(".merge form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("There is no ticket 999999", page.Find(".merge").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData(SenderVerdict.Passed, "Verified sender", "b.example confirms")]
    [InlineData(SenderVerdict.Failed, "May be forged", "b.example says that this mail is not its own")]
    [InlineData(SenderVerdict.Unknown, "Sender not verified", "nothing that speaks")]
    public async Task A_message_says_whether_its_sender_is_verified_and_by_whom(SenderVerdict verdict, string badge, string words)
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("One");
        await using (var db = test.Db())
        {
            db.Add(new TicketMessage { TicketId = ticket.Id, FromAddress = "ann@b.example", Subject = "One", Text = "hi", Trust = new SenderTrust(verdict, "mx.helpdesk.test", "b.example", "dmarc=x"), ReplyTo = "other@b.example", ForwardedBy = "Kim" });
            await db.SaveChangesAsync();
        }

        var page = test.Render<TicketPage>(set => set.Add(part => part.Id, ticket.Id));

        page.WaitForAssertion(() => Assert.Equal(badge, page.Find($".trust-{verdict.ToString().ToLowerInvariant()} summary").TextContent.Replace("verified_user", "", StringComparison.Ordinal).Replace("gpp_bad", "", StringComparison.Ordinal).Replace("gpp_maybe", "", StringComparison.Ordinal).Trim()), Patience);
        Assert.Contains(words, page.Find(".trust-card").TextContent, StringComparison.Ordinal);
        Assert.Contains("mx.helpdesk.test", page.Find(".trust-card").TextContent, StringComparison.Ordinal);
        Assert.Contains("other@b.example", page.Find(".message-who").TextContent, StringComparison.Ordinal);
        Assert.Contains("Kim", page.Find(".message-who").TextContent, StringComparison.Ordinal);
    }
}
