using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Ingestion;

public sealed class OwnMailTests
{
    [Theory]
    [InlineData("auto-generated", DecisionKind.Ignore)]
    [InlineData("no", DecisionKind.CreateTicket)]
    public async Task MailFromOurOwnMailbox_IsIgnoredOnlyWhenAProgramSentIt(string autoSubmitted, DecisionKind expected)
    {
        await using var desk = await FlowDesk.StartAsync();
        await using var db = desk.Db();
        var own = await db.Mailboxes.Where(mailbox => mailbox.Id == desk.SupportMailbox).Select(mailbox => mailbox.Address).SingleAsync();

        var stored = await desk.TakeAsync($"""
            From: Support <{own}>
            To: {own}
            Subject: Test mail
            Message-ID: <test-1@helpdesk.test>
            Auto-Submitted: {autoSubmitted}

            This account can send.
            """);

        Assert.Equal(expected, stored.Decision);
    }
}
