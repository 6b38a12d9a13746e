using System.Globalization;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Xunit;
using Xunit.Abstractions;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>
/// The promise that nothing is lost and nothing doubled, kept under <c>kill -9</c>: 20 kills over the matrix with every run, and as many as one likes
/// with <c>./dev.sh test-kills N [SEED]</c>.
/// </summary>
[Collection(ExclusiveRigCollection.Name)]
public sealed class KillTests(MailRig rig, ITestOutputHelper output)
{
    private static readonly string? Nightly = Environment.GetEnvironmentVariable("HELPDESK_KILLS");
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("HELPDESK_KILLS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [RigTheory]
    [OnSqlite("fetch", MailboxProtocol.Imap, AfterFetch.Archive, 3)]
    [OnPostgres("fetch", MailboxProtocol.Imap, AfterFetch.Delete, 3)]
    [OnSqlite("fetch", MailboxProtocol.Pop3, AfterFetch.Delete, 3)]
    [OnPostgres("fetch", MailboxProtocol.Pop3, AfterFetch.MarkRead, 2)]
    [OnSqlite("serve", MailboxProtocol.Imap, AfterFetch.MarkRead, 3)]
    [OnPostgres("serve", MailboxProtocol.Pop3, AfterFetch.Delete, 2)]
    [OnPostgres("import", MailboxProtocol.Imap, AfterFetch.Archive, 2)]
    [OnSqlite("deliver", MailboxProtocol.Imap, AfterFetch.Archive, 2)]
    public async Task KilledAtAnyInstant_NothingIsLostOrDoubled(DatabaseProvider provider, string command, MailboxProtocol protocol, AfterFetch after, int kills)
    {
        var run = await RunAsync(provider, command, protocol, after, kills, Seed);
        Assert.True(run.Hits * 2 >= run.Kills, $"seed {Seed}: only {run.Hits} of {run.Kills} kills met the work");
    }

    [NightlyFact]
    public async Task Nightly_ManyKillsOverTheWholeMatrix_NothingIsLostOrDoubled()
    {
        var wanted = int.Parse(Nightly ?? "20", CultureInfo.InvariantCulture);
        var dice = new Random(Seed);
        var (kills, hits, mails) = (0, 0, 0);
        var matrix = Matrix().ToList();
        for (var i = 0; i < matrix.Count; i++)
        {
            var (provider, command, protocol, after) = matrix[i];
            var run = await RunAsync(provider, command, protocol, after, ((wanted - kills) / (matrix.Count - i)) + ((wanted - kills) % (matrix.Count - i) > 0 ? 1 : 0), dice.Next());
            (kills, hits, mails) = (kills + run.Kills, hits + run.Hits, mails + run.Sets.Sum(set => set.Count));
            output.WriteLine($"so far: {kills} kills, {hits} hits, {mails} mails, none lost, none doubled");
        }
        output.WriteLine($"seed {Seed}: {kills} kills, {hits} hits, {mails} mails, none lost, none doubled");
        Assert.True(hits * 2 >= kills, $"seed {Seed}: only {hits} of {kills} kills met the work");
    }

    private static IEnumerable<(DatabaseProvider Provider, string Command, MailboxProtocol Protocol, AfterFetch After)> Matrix()
    {
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql })
        {
            foreach (var command in new[] { "fetch", "serve" })
            {
                foreach (var after in Enum.GetValues<AfterFetch>()) yield return (provider, command, MailboxProtocol.Imap, after);
                yield return (provider, command, MailboxProtocol.Pop3, AfterFetch.Delete);
                yield return (provider, command, MailboxProtocol.Pop3, AfterFetch.MarkRead);
            }
            yield return (provider, "import", MailboxProtocol.Imap, AfterFetch.Archive);
            yield return (provider, "deliver", MailboxProtocol.Imap, AfterFetch.Archive);
        }
    }

    private async Task<KillRun> RunAsync(DatabaseProvider provider, string command, MailboxProtocol protocol, AfterFetch after, int kills, int seed)
    {
        output.WriteLine($"{command}, {protocol}, {after}, {provider}: {kills} kills, seed {seed}");
        var user = rig.NewUser();
        await using var desk = await ExecutableDesk.StartAsync(provider, RigConfiguration.Of(rig, user, protocol, after));
        var started = TimeProvider.System.GetTimestamp();
        var run = new KillRun(desk, rig, user, seed, line => output.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:000.0} {line}"));
        await (command switch
        {
            "fetch" => run.FetchAsync(kills),
            "serve" => run.ServeAsync(kills),
            "import" => run.ImportAsync(kills),
            "deliver" => run.DeliverCommandAsync(kills),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        });
        if (command is "fetch" or "serve") run.CheckServer(after, protocol == MailboxProtocol.Pop3);
        return run;
    }
}
