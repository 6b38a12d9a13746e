using HelpdeskMail.Bench;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Tests.App.Crashes;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>Lines that break, servers that go away, databases that refuse: afterwards every mail is there once, and nobody had to do anything.</summary>
[Collection(ExclusiveRigCollection.Name)]
public sealed class FetchFaultTests(MailRig rig, ITestOutputHelper output)
{
    private const int Largest = 300 * 1024;

    [RigTheory]
    [InlineData(MailboxProtocol.Imap, AfterFetch.Archive)]
    [InlineData(MailboxProtocol.Imap, AfterFetch.Delete)]
    [InlineData(MailboxProtocol.Pop3, AfterFetch.Delete)]
    [InlineData(MailboxProtocol.Pop3, AfterFetch.MarkRead)]
    public async Task ConnectionCutAtRandomBytes_EveryMailComesOnce(MailboxProtocol protocol, AfterFetch after)
    {
        var seed = Random.Shared.Next();
        var dice = new Random(seed);
        await using var proxy = new CuttingProxy(protocol == MailboxProtocol.Imap ? rig.Ports.Imaps : rig.Ports.Pop3s, () => dice.Next(4) == 0 ? dice.Next(8000) : dice.Next(Largest, 6 * Largest));
        var user = rig.NewUser();
        await using var desk = await RigDesk.StartAsync(rig, user, change: box => (box.Protocol, box.Port, box.AfterFetch) = (protocol, proxy.Port, after));
        var mails = Deliver(user, 250, dice.Next());

        FetchResult? result = null;
        for (var fetch = 0; fetch < 100 && (result is null || result.Error is not null); fetch++) result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        output.WriteLine($"seed {seed}: {proxy.Cuts} cuts");
        Assert.True(result!.Error is null, $"seed {seed}: {result.Error}");
        Assert.True(proxy.Cuts >= 5, $"seed {seed}: only {proxy.Cuts} cuts");
        await AllThereAsync(desk, mails, seed);
        Assert.Equal(after == AfterFetch.MarkRead ? mails.Count : 0, rig.Mails(user).Count);
        Assert.Equal(after == AfterFetch.Archive ? mails.Count : 0, rig.Mails(user, "Archive").Count);
    }

    [RigFact]
    public async Task ServerRestartedDuringTheFetch_TheMailboxSaysSo_AndTheNextFetchGoesOn()
    {
        var user = rig.NewUser();
        var connections = 0;
        await using var proxy = new CuttingProxy(rig.Ports.Imaps, () => ++connections == 1 ? 5 * Largest : StopServer()); // in the middle of the download
        await using var desk = await RigDesk.StartAsync(rig, user, change: box => box.Port = proxy.Port);
        var mails = Deliver(user, 300, 3);
        try
        {
            var broken = (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!;
            Assert.NotNull(broken.Error);
            await using var look = desk.Db();
            var status = await look.MailboxStatuses.SingleAsync(row => row.MailboxId == desk.SupportMailbox);
            Assert.Equal((MailboxState.Error, true), (status.State, status.ErrorText is { Length: > 0 }));
        }
        finally
        {
            await rig.StartDovecotAsync();
        }

        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);

        await AllThereAsync(desk, mails, 3);
        Assert.Equal((0, mails.Count), (rig.Mails(user).Count, rig.Mails(user, "Archive").Count));

        long StopServer()
        {
            if (connections == 2) rig.StopDovecotAsync().GetAwaiter().GetResult();
            return long.MaxValue;
        }
    }

    [RigTheory, OnPostgres]
    public async Task DatabaseRefusesToWriteForAWhile_TheServerKeepsTheMail(DatabaseProvider provider)
    {
        var user = rig.NewUser();
        await using var desk = await RigDesk.StartAsync(rig, user, provider);
        var mails = Deliver(user, 300, 4);
        await ReadOnlyAsync(desk, true);

        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox));
        Assert.Equal(mails.Count, rig.Mails(user).Count);
        await ReadOnlyAsync(desk, false);

        var fetching = desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        await Eventually.TrueAsync(async () => { await using var db = desk.Db(); return await db.StoredMails.AnyAsync(); }, TimeSpan.FromSeconds(60), "the fetch is at work");
        await ReadOnlyAsync(desk, true);
        var broken = await Record.ExceptionAsync(() => fetching);
        await ReadOnlyAsync(desk, false);
        output.WriteLine($"{broken?.Message ?? (await fetching)!.Error?.ToString()}");

        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        await AllThereAsync(desk, mails, 4);
        Assert.Equal((0, mails.Count), (rig.Mails(user).Count, rig.Mails(user, "Archive").Count));
    }

    private static Task ReadOnlyAsync(FlowDesk desk, bool on) => PostgresFixture.AlterDatabaseAsync(desk.Helpdesk.Database.ConnectionString, $"SET default_transaction_read_only = {(on ? "on" : "off")}");

    private List<LoadMail> Deliver(RigUser user, int count, int seed)
    {
        var mails = LoadMails.Generate(count, seed).ToList();
        foreach (var mail in mails) rig.Put(user, mail.Raw);
        return mails;
    }

    private static async Task AllThereAsync(FlowDesk desk, List<LoadMail> mails, int seed)
    {
        await using var db = desk.Db();
        var faults = await Accounts.FaultsAsync(db, [mails], mails.Count);
        Assert.True(faults.Count == 0, $"seed {seed}, {faults.Count} faults: {string.Join(Environment.NewLine, faults.Take(20))}");
    }
}
