using System.Text;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Imap;

/// <summary>A folder of 100,000 messages on real Dovecot. Alone, because memory is measured and because the load would slow the others.</summary>
[Collection(ExclusiveRigCollection.Name)]
public sealed class ImapLargeFolderTests(MailRig rig)
{
    private const int Count = 100_000;

    /// <summary>Some 200 bytes a summary; a client that kept responses or bodies would pass this.</summary>
    private const long MaxGrowth = 64 * 1024 * 1024;

    [RigFact]
    public async Task Folder_OfAHundredThousandMessages_IsHandledWithEveryMessageAccountedFor()
    {
        var user = await rig.AddFilledUserAsync(Count, Mail);
        await using var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls));
        await client.LoginAsync(user.Credentials());
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Assert.Equal((uint)Count, (await client.SelectAsync("INBOX")).Exists);
        var uids = await client.UidSearchAsync(ImapSearch.All);
        Assert.Equal(Enumerable.Range(1, Count).Select(uid => (uint)uid), uids);

        var summaries = await client.UidFetchSummariesAsync(UidSet.Range(1));
        Assert.Equal(uids, summaries.Select(summary => summary.Uid).Order());
        Assert.All(summaries, summary => Assert.Equal(Mail((int)summary.Uid - 1).Length, summary.Size));

        var some = uids.Where(uid => uid % 50 == 0).ToList();
        var left = some.ToHashSet();
        await foreach (var message in client.UidFetchAsync(some))
        {
            Assert.True(left.Remove(message.Uid));
            Assert.Equal(Mail((int)message.Uid - 1), message.Body!.Value.ToArray());
        }

        Assert.Empty(left);

        await client.AddFlagsAsync(UidSet.Range(20_001, 22_000), ["\\Seen"]);
        Assert.Equal(uids.Skip(20_000).Take(2_000), await client.UidSearchAsync(ImapSearch.Seen));

        // Every 60th: ranges of one message, so that the set needs several commands.
        var leaving = uids.Where(uid => uid % 60 == 7).Take(1_000).ToList();
        await client.EnsureMailboxAsync("Done");
        var moved = await client.UidMoveAsync(UidSet.Of(leaving), "Done");
        Assert.False(moved.LeftMarkedDeleted);
        Assert.Equal(leaving, moved.NewUids.Keys.Order());
        Assert.Equal(Enumerable.Range(1, 1_000).Select(uid => (uint)uid), moved.NewUids.Values.Order());
        Assert.Equal(uids.Except(leaving), await client.UidSearchAsync(ImapSearch.All));
        Assert.Equal(1_000u, (await client.SelectAsync("Done")).Exists);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(summaries);
        Assert.True(growth < MaxGrowth, $"memory grew by {growth:N0} bytes");
        await client.LogoutAsync();
    }

    private static byte[] Mail(int i) => Encoding.ASCII.GetBytes($"Subject: {i}\r\n\r\n{new string('x', i * 37 % 900)}\r\n");
}
