using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Tests.Core.Deliveries;

/// <summary>A <see cref="FlowDesk"/> that can send, with what reports need to be written about.</summary>
internal static class SentDesk
{
    public static readonly Actor Smith = new("smith", "Agent Smith");

    public static async Task<FlowDesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db =>
        {
            var account = new OutboundAccount { Name = "dept", Address = "dept@helpdesk.test", DisplayName = "The Helpdesk", Host = "localhost", Port = 25, Encryption = Encryption.None };
            db.Add(account);
            db.Users.Add(new HelpdeskUser { Id = "smith", UserName = "smith@helpdesk.test", DisplayName = "Agent Smith" });
            await db.SaveChangesAsync();
            (await db.Departments.SingleAsync()).OutboundAccountId = account.Id;
        });
        return desk;
    }

    /// <summary>A ticket of Ann's and our answer to it, which the server has taken.</summary>
    public static async Task<MessageView> AnswerAsync(this FlowDesk desk, string from = "ann@b.example", params string[] cc)
    {
        var ticket = (await desk.TakeAsync($"From: Ann <{from}>\nTo: support@helpdesk.test\nSubject: Help\nMessage-ID: <{Guid.NewGuid():N}@b>\n\nplease")).TicketId!.Value;
        return await desk.ReplyAsync(ticket, cc);
    }

    public static async Task<MessageView> ReplyAsync(this FlowDesk desk, long ticket, params string[] cc)
    {
        var written = await desk.Get<ReplyWriter>().WriteAsync(ticket, new ReplyDraft { Text = "Done", Cc = [.. cc.Select(address => new MessageAddress(null, address))] }, Smith);
        await using var db = desk.Db();
        await db.OutboxRecipients.Where(row => row.State == OutboxState.Queued).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Accepted).SetProperty(row => row.ServerAnswer, "250 2.0.0 queued"));
        return (await desk.Get<TicketQueries>().MessageAsync(written.Value))!;
    }

    public static async Task<MessageView> AgainAsync(this FlowDesk desk, MessageView message) => (await desk.Get<TicketQueries>().MessageAsync(message.Id))!;

    public static async Task<IReadOnlyList<DeliveryNews>> NewsAsync(this FlowDesk desk)
    {
        await using var db = desk.Db();
        return await db.DeliveryNews.AsNoTracking().OrderBy(news => news.Id).ToListAsync();
    }

    public static async Task<FailingAddress?> FailingAsync(this FlowDesk desk, string address)
    {
        await using var db = desk.Db();
        return await db.FailingAddresses.AsNoTracking().SingleOrDefaultAsync(row => row.Address == address);
    }

    /// <summary>A delivery report (RFC 3464).</summary>
    /// <param name="fields">Of the recipient.</param>
    /// <param name="returned">Of the returned mail's header.</param>
    /// <param name="header">Further fields of the report's own header, each with its line end.</param>
    /// <param name="perMessage">Further fields of the report's message block.</param>
    public static string Report(string fields, string returned, string header = "", string perMessage = "") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.b.example
        To: dept@helpdesk.test
        {header}Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=r

        --r
        Content-Type: text/plain

        Sorry.
        --r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.b.example
        {perMessage}
        {fields}

        --r
        Content-Type: text/rfc822-headers

        {returned}
        --r--
        """;

    public static string Failed(string recipient, string status = "5.1.1", string line = "550 5.1.1 no such user", string? original = null) =>
        $"{(original is null ? "" : $"Original-Recipient: rfc822; {original}\n")}Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {line}";
}
