using HelpdeskMail.Bench;
using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>
/// Kills the executable again and again while it works through a full mailbox, at instants drawn from a seed: most by how far the work is, some by the
/// clock. Then lets it finish once and compares all there is with what was delivered.
/// </summary>
internal sealed class KillRun(ExecutableDesk desk, MailRig rig, RigUser user, int seed, Action<string> say)
{
    private const int Mails = 1000;
    private const int Refill = 400;

    private readonly Random dice = new(seed);
    private readonly List<IReadOnlyList<LoadMail>> sets = [];
    private int inMailbox;

    public int Kills { get; private set; }

    /// <summary>Kills that met work under way.</summary>
    public int Hits { get; private set; }

    public IReadOnlyList<IReadOnlyList<LoadMail>> Sets => sets;

    public async Task FetchAsync(int kills)
    {
        Deliver(Mails);
        while (Kills < kills)
        {
            await using var victim = await StartOnWorkAsync(kills, () => desk.Start("fetch"));
            if (victim is not null) await KillAsync(victim, IsFetchingAsync);
        }
        var last = await desk.RunAsync(["fetch"]);
        Assert.True(last.Code == 0, $"seed {seed}: the fetch after the kills: {last.Out} {last.Error}");
        await CheckAsync(inMailbox);
    }

    /// <summary>The portal fetches and takes mail by HTTP at the same time.</summary>
    public async Task ServeAsync(int kills)
    {
        Deliver(Mails);
        using var pushed = new Pusher(await desk.ToolAsync("token", "create", "kills", "--role", "Administrator"), NewSet(120), say);
        while (Kills < kills)
        {
            await using var victim = await StartOnWorkAsync(kills, () => pushed.Drive(desk.Start("serve")));
            if (victim is not null) await KillAsync(victim, IsFetchingAsync);
            await pushed.EndAsync();
        }
        await using var last = pushed.Drive(desk.Start("serve"));
        Assert.True(await last.AliveUntilAsync(async () => pushed.IsDone && await desk.IsDoneAsync(inMailbox)), $"seed {seed}: the portal after the kills: {last.Out} {last.Error}");
        await pushed.ReadBackAsync(last, desk, sets.SelectMany(set => set).Where(mail => Accounts.Attachment(mail) is not null).Take(20));
        await pushed.EndAsync();
        Assert.Equal(0, await last.StopAsync());
        await CheckAsync(inMailbox);
    }

    public async Task ImportAsync(int kills)
    {
        var mails = NewSet(Mails);
        var source = Directory.CreateDirectory(Path.Combine(desk.Folder, "import")).FullName;
        foreach (var mail in mails) await File.WriteAllBytesAsync(Path.Combine(source, $"{mail.Index:D6}.eml"), mail.Raw);
        string[] command = ["import", source, "--mailbox", "support", "--no-notices"];
        while (Kills < kills)
        {
            var before = await desk.StoredAsync();
            var target = before + dice.Next(1, Mails);
            await using var victim = desk.Start(command);
            if (await victim.AliveUntilAsync(async () => await desk.StoredAsync() >= target)) await KillAsync(victim, () => Task.FromResult(true));
        }
        Assert.Equal(0, (await desk.RunAsync(command)).Code);
        await CheckAsync(0);
    }

    /// <summary>As an MTA does: a mail that it was not relieved of is handed over again.</summary>
    public async Task DeliverCommandAsync(int kills)
    {
        var first = NewSet(1)[0];
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, (await desk.RunAsync(["deliver", "--mailbox", "support"], first.Raw)).Code);
        var usual = TimeProvider.System.GetElapsedTime(started);
        while (Kills < kills)
        {
            var mail = NewSet(1)[0];
            await using var victim = desk.Start(["deliver", "--mailbox", "support"], mail.Raw);
            var at = TimeProvider.System.GetTimestamp();
            var when = usual * (0.3 + (0.7 * dice.NextDouble()));
            if (await victim.AliveUntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(at) > when))) await KillAsync(victim, () => Task.FromResult(true));
            var took = TimeProvider.System.GetElapsedTime(at);
            if (victim.WasKilled) Assert.Equal(0, (await desk.RunAsync(["deliver", "--mailbox", "support"], mail.Raw)).Code);
            else if (took < usual) usual = took; // the machine has become faster: the next one is met
        }
        await CheckAsync(0);
    }

    /// <summary>The folder on the server afterwards.</summary>
    public void CheckServer(AfterFetch after, bool pop3)
    {
        var (inbox, archive) = (rig.Mails(user), rig.Mails(user, "Archive"));
        var stays = after == AfterFetch.MarkRead;
        Assert.Equal((stays ? inMailbox : 0, after == AfterFetch.Archive ? inMailbox : 0), (inbox.Count, archive.Count));
        if (stays && !pop3) Assert.All(inbox, mail => Assert.True(mail.Seen));
        var delivered = sets.SelectMany(set => set).Select(mail => mail.MessageId).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(delivered, inbox.Concat(archive).Select(mail => mail.Header("Message-ID")!.Trim('<', '>')).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(inbox.Count + archive.Count, inbox.Concat(archive).Select(mail => mail.Header("Message-ID")).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Starts it on a mailbox with work left and waits for the instant; null where it was through before that.</summary>
    private async Task<Victim?> StartOnWorkAsync(int kills, Func<Victim> start)
    {
        var (done, _) = await desk.ProgressAsync();
        var left = (inMailbox * ExecutableDesk.LastStep) - done;
        if (left < Refill) left += Deliver(Refill) * ExecutableDesk.LastStep;
        var byClock = Hits * 2 > Kills && dice.Next(5) == 0; // it may meet nothing but the start, and most are to meet work
        var (target, pause) = (done + (int)(dice.NextDouble() * left / Math.Max(1, (kills - Kills) * 0.7)), TimeSpan.FromMilliseconds(byClock ? dice.Next(1500) : dice.Next(80)));

        var begun = TimeProvider.System.GetUtcNow().UtcDateTime;
        var victim = start();
        try
        {
            if (!byClock)
            {
                await victim.AliveUntilAsync(() => desk.IsFetchingAsync(since: begun)); // most of the time goes into its start: one small question is enough for that
                await victim.AliveUntilAsync(async () => await desk.ProgressAsync() is var now && now.Steps >= target && (now.Fetching || now.Steps > done));
            }
            var at = TimeProvider.System.GetTimestamp();
            if (await victim.AliveUntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(at) >= pause))) return victim;
        }
        catch
        {
            await victim.DisposeAsync();
            throw;
        }
        say($"through before the kill: {victim.Out} {victim.Error}");
        await victim.DisposeAsync();
        return null;
    }

    /// <summary>Whether a fetch was at work: it lets go of the mailbox when it ends, and a killed one can't.</summary>
    private Task<bool> IsFetchingAsync() => desk.IsFetchingAsync(since: DateTime.MaxValue);

    private async Task KillAsync(Victim victim, Func<Task<bool>> atWork)
    {
        await victim.KillAsync();
        if (!victim.WasKilled) return;
        Kills++;
        var hit = await atWork();
        if (hit) Hits++;
        say($"kill {Kills}: {(hit ? "hit" : "beside")} at {(await desk.ProgressAsync()).Steps} of {inMailbox * ExecutableDesk.LastStep} steps, {await desk.StoredAsync()} stored");
    }

    private int Deliver(int count)
    {
        foreach (var mail in NewSet(count)) rig.Put(user, mail.Raw);
        inMailbox += count;
        return count;
    }

    private List<LoadMail> NewSet(int count)
    {
        var mails = LoadMails.Generate(count, dice.Next()).ToList();
        sets.Add(mails);
        return mails;
    }

    private async Task CheckAsync(int inLedger)
    {
        await using var db = desk.Db();
        var faults = await Accounts.FaultsAsync(db, sets, inLedger);
        Assert.True(faults.Count == 0, $"seed {seed}, {faults.Count} faults: {string.Join(Environment.NewLine, faults.Take(20))}");
    }
}
