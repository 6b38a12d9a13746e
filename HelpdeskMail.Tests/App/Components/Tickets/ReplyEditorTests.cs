using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class ReplyEditorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Without_an_account_to_leave_from_nothing_is_sent_and_the_page_says_why()
    {
        await using var test = await PageTest.StartAsync();
        var editor = Open(test, await test.AddTicketAsync("Hello"));

        editor.WaitForElement(".notice-warn", Patience);
        await editor.Find("textarea").InputAsync(new() { Value = "Dear Anna" });

        Assert.True(Send(editor).HasAttribute("disabled"));
        Assert.Contains("No outbound account", Send(editor).GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gets_it_and_whom_it_leaves_from_is_seen_before_and_so_it_is_queued()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        await test.AddOutboundAccountAsync();
        var editor = Open(test, ticket);
        Assert.Contains("support@helpdesk.test", editor.WaitForElement(".reply-from", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("Anna <anna@example.org>", editor.Find("#to").GetAttribute("value"));

        await editor.Find("#cc").ChangeAsync(new() { Value = "bert@example.org" });
        await editor.Find("textarea").InputAsync(new() { Value = "Dear Anna" });
        await editor.Find(".then select").ChangeAsync(new() { Value = "Pending" });
        await Send(editor).ClickAsync(new());

        editor.WaitForAssertion(() => Assert.Equal("", editor.Find("textarea").GetAttribute("value") ?? ""), Patience);
        await using var db = test.Db();
        Assert.Equal(["anna@example.org", "bert@example.org"], await db.OutboxRecipients.Select(row => row.Address).Order().ToListAsync());
        Assert.Equal(TicketState.Pending, (await db.Tickets.SingleAsync()).State);
        var message = await db.TicketMessages.SingleAsync();
        Assert.Equal("Dear Anna", message.Text.Trim());
        Assert.Equal(PageTest.Me, message.AuthorId);
    }

    [Fact]
    public async Task A_recipient_that_is_no_address_is_pointed_out_and_the_text_stays()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        await test.AddOutboundAccountAsync();
        var editor = Open(test, ticket);
        editor.WaitForElement(".reply-from", Patience);

        await editor.Find("#to").ChangeAsync(new() { Value = "anna@example.org, bert" });
        await editor.Find("textarea").InputAsync(new() { Value = "Dear Anna" });
        await Send(editor).ClickAsync(new());

        Assert.Contains("bert", editor.WaitForElement("#to-error", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("Dear Anna", editor.Find("textarea").GetAttribute("value"));
        await using var db = test.Db();
        Assert.Equal(0, await db.TicketMessages.CountAsync());
    }

    [Fact]
    public async Task A_note_goes_to_nobody_and_needs_no_account()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        var editor = Open(test, ticket);
        editor.WaitForElement(".notice-warn", Patience);

        await editor.FindAll("input[name=reply-kind]")[1].ChangeAsync(new() { Value = "on" });
        await editor.Find("textarea").InputAsync(new() { Value = "Between us" });
        await Send(editor).ClickAsync(new());

        await using var db = test.Db();
        editor.WaitForAssertion(() => Assert.True(db.TicketMessages.AsNoTracking().Single().Internal), Patience);
        Assert.Equal(0, await db.OutboxMails.CountAsync());
        Assert.Equal(TicketState.New, (await db.Tickets.SingleAsync()).State);
    }

    [Fact]
    public async Task What_was_begun_is_still_there_after_a_look_elsewhere()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        await test.AddOutboundAccountAsync();
        var editor = Open(test, ticket);
        editor.WaitForElement(".reply-from", Patience);
        await editor.Find("textarea").InputAsync(new() { Value = "A reply" });
        await editor.FindAll("input[name=reply-kind]")[1].ChangeAsync(new() { Value = "on" });
        await editor.Find("textarea").InputAsync(new() { Value = "A note" });

        var later = Open(test, ticket);

        Assert.Equal("A note", later.Find("textarea").GetAttribute("value"));
        await later.FindAll("input[name=reply-kind]")[0].ChangeAsync(new() { Value = "on" });
        Assert.Equal("A reply", later.Find("textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_larger_than_a_mail_may_be_is_refused()
    {
        await using var test = await PageTest.StartAsync();
        var ticket = await test.AddTicketAsync("Hello");
        await test.AddOutboundAccountAsync();
        var editor = Open(test, ticket);
        editor.WaitForElement(".reply-from", Patience);

        editor.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[100], "small.bin"), InputFileContent.CreateFromBinary(new byte[ReplyEditor.MaxTotal], "large.bin"));

        Assert.Contains("large.bin", editor.WaitForElement("#attachments-error", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("small.bin", editor.Find(".files .file-name").TextContent);
    }

    private static IRenderedComponent<ReplyEditor> Open(PageTest test, Ticket ticket) =>
        test.Render<ReplyEditor>(set => set.Add(editor => editor.TicketId, ticket.Id).Add(editor => editor.Actor, new Actor(PageTest.Me, "Ada")));

    private static AngleSharp.Dom.IElement Send(IRenderedComponent<ReplyEditor> editor) => editor.Find(".reply-actions button");
}
