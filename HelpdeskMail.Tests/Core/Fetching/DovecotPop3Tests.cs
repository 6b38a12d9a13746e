using System.Text;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>POP3 from a real Dovecot over TLS to tickets.</summary>
public sealed class DovecotPop3Tests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(AfterFetch.Delete, 0)]
    [InlineData(AfterFetch.MarkRead, 3)]
    public async Task Mail_BecomesTickets_AndStaysOrGoesAsTheMailboxSays(AfterFetch after, int left)
    {
        var user = rig.NewUser();
        await using var desk = await RigDesk.StartAsync(rig, user, change: box => (box.Protocol, box.Port, box.AfterFetch) = (MailboxProtocol.Pop3, rig.Ports.Pop3s, after));
        foreach (var name in new[] { "one", "two", "three" }) rig.Put(user, Mail(name));

        var result = (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;
        var again = (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;

        Assert.Null(result.Error);
        Assert.Equal((3, 3, 3, 3), (result.Found, result.Stored, result.Decided, result.Acknowledged));
        Assert.Equal((0, 0, null), (again.Found, again.Stored, again.Error));
        Assert.Equal(left, rig.Mails(user).Count);
        await using var db = desk.Db();
        Assert.Equal(3, await db.Tickets.CountAsync());
    }

    [RigFact]
    public async Task TenThousandMessagesThatStay_OnlyNewOnesAreDownloaded()
    {
        var user = await rig.AddFilledUserAsync(10_000, index => Encoding.ASCII.GetBytes($"From: a@b.example\r\nSubject: {index}\r\nMessage-ID: <{index}@b.example>\r\n\r\nbody {index}\r\n"));
        await using var desk = await RigDesk.StartAsync(rig, user, change: box => (box.Protocol, box.Port, box.AfterFetch, box.FirstFetch) = (MailboxProtocol.Pop3, rig.Ports.Pop3s, AfterFetch.MarkRead, "unread:100"));

        var first = (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;
        var second = (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;

        Assert.Equal((10_000, 100, 9_900, null), (first.Found, first.Stored, first.Skipped, first.Error));
        Assert.Equal((0, 0, null), (second.Found, second.Stored, second.Error));
        var sessions = (await File.ReadAllLinesAsync(Path.Combine(rig.DirectoryPath, "dovecot.log"))).Where(line => line.Contains(user.Address, StringComparison.Ordinal) && line.Contains("retr=", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, sessions.Count);
        Assert.Contains("top=0/0, retr=100/", sessions[0], StringComparison.Ordinal);
        Assert.Contains("top=0/0, retr=0/0", sessions[1], StringComparison.Ordinal);
    }

    private static byte[] Mail(string name) => Encoding.ASCII.GetBytes($"From: alice@customer.test\r\nSubject: {name}\r\nMessage-ID: <{name}@customer.test>\r\n\r\n{name}\r\n");
}
