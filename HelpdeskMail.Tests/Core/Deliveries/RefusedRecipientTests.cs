using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Tests.Mail.Transport;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static HelpdeskMail.Tests.Core.Deliveries.SentDesk;

namespace HelpdeskMail.Tests.Core.Deliveries;

/// <summary>What our own mail server refuses comes to the same as a report.</summary>
public sealed class RefusedRecipientTests
{
    [Fact]
    public async Task RecipientThatOurServerRefuses_IsFailedWithMarkAndAlert_AndWorksAgainOnceItIsAccepted()
    {
        var refuse = true;
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => refuse && line.StartsWith("RCPT TO:<ann@", StringComparison.Ordinal) ? "550 5.1.1 no such user\r\n" : Friendly(line)));
        await using var desk = await DeskAsync(server);
        var ticket = (await desk.TakeAsync("From: ann@b.example\nSubject: Help\nMessage-ID: <one@b>\n\nplease")).TicketId!.Value;
        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done", Cc = [new(null, "bert@c.example")] }, Smith);

        await desk.Get<OutboxSender>().SendDueAsync();

        var message = (await desk.Get<TicketQueries>().MessageAsync(written.Value))!;
        Assert.Equal([("ann@b.example", OutboxState.Failed), ("bert@c.example", OutboxState.Accepted)], message.Delivery.Select(row => (row.Address, row.State)));
        var news = Assert.Single(message.News);
        Assert.Equal((NewsKind.Failed, NewsState.Open, "5.1.1", "There is no such mailbox.", (long?)null), (news.Kind, news.State, news.Status, news.Cause, news.StoredMailId));
        Assert.Contains("550 5.1.1 no such user", news.Line, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Get<AlertQueries>().UnreadAsync("smith", administrator: false));
        Assert.Single(await desk.Get<AddressQueries>().UndeliverableAsync(["ann@b.example"]));

        refuse = false;
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Again" }, Smith);
        await desk.Get<OutboxSender>().SendDueAsync();

        Assert.Empty(await desk.Get<AddressQueries>().UndeliverableAsync(["ann@b.example"]));
        Assert.Equal(FailureCounts.ByAcceptance, (await desk.FailingAsync("ann@b.example"))!.ClearedBy);
    }

    [Fact]
    public async Task Sending_AsksForReportsThatNameTheMailAndTheRecipientAsWeKnowThem()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, Friendly));
        await using var desk = await DeskAsync(server);
        var ticket = (await desk.TakeAsync("From: ann+a@b.example\nSubject: Help\nMessage-ID: <one@b>\n\nplease")).TicketId!.Value;
        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done" }, Smith);

        await desk.Get<OutboxSender>().SendDueAsync();

        var id = (await desk.Get<TicketQueries>().MessageAsync(written.Value))!.MessageId!;
        lock (server.Heard)
        {
            Assert.Contains(server.Heard, line => line.StartsWith("MAIL FROM:<dept@helpdesk.test>", StringComparison.Ordinal) && line.EndsWith($" RET=HDRS ENVID={id.Replace("+", "+2B", StringComparison.Ordinal).Replace("=", "+3D", StringComparison.Ordinal)}", StringComparison.Ordinal));
            Assert.Contains("RCPT TO:<ann+a@b.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ann+2Ba@b.example", server.Heard);
        }
    }

    private static async Task<FlowDesk> DeskAsync(ScriptedServer server)
    {
        var desk = await StartAsync();
        await desk.SetUpAsync(async db => (await db.OutboundAccounts.SingleAsync()).Port = server.Endpoint().Port);
        await desk.SetUpAsync(async db => (await db.OutboundAccounts.SingleAsync()).Host = "127.0.0.1");
        return desk;
    }

    private static string Friendly(string line) => line switch
    {
        _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-mx\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n",
        "DATA" => "354 go\r\n",
        "." => "250 2.0.0 queued\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 2.1.0 ok\r\n",
    };

    private static async Task PlayAsync(ScriptedPeer peer, Func<string, string> answer)
    {
        await peer.SayAsync("220 mx\r\n");
        var content = false;
        while (await peer.HearAsync() is { } line)
        {
            if (content && line != ".") continue;
            content = line == "DATA";
            await peer.SayAsync(answer(line));
        }
    }
}
