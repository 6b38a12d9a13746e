using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Fetching.Push;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching.Push;

/// <summary>Servers whose IDLE is broken, or that have none: mail is seen all the same, and nobody is hammered. A minute takes half a second here.</summary>
public sealed class BrokenIdleTests
{
    private const int Faster = 120;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ServerWithoutIdle_IsAskedOnceAMinute_OverOneConnection()
    {
        await using var inbox = new ScriptedInbox { Capabilities = "IMAP4rev1" };
        await using var watch = await StartAsync(inbox);
        await watch.StateAsync(PushState.Asking);
        inbox.Deliver(Mail("one"));
        await watch.TicketAsync("one");
        inbox.Deliver(Mail("two"));
        await watch.TicketAsync("two");

        Assert.Equal((1, 0), (inbox.Sessions, inbox.Heard("IDLE")));
        await NotHammeredAsync(watch, () => inbox.Heard("NOOP"), perMinute: 1);
    }

    [Fact]
    public async Task ServerThatRefusesIdle_IsAskedInstead_AndToldOfIdleOnlyOnce()
    {
        await using var inbox = new ScriptedInbox { Idle = idling => idling.RefuseAsync() };
        await using var watch = await StartAsync(inbox);
        await Eventually.TrueAsync(() => inbox.Heard("IDLE") == 1, Bound, "IDLE was tried");
        inbox.Deliver(Mail("one"));
        await watch.TicketAsync("one");
        await watch.StateAsync(PushState.Asking);
        inbox.Deliver(Mail("two"));
        await watch.TicketAsync("two");

        Assert.Equal((1, 1), (inbox.Sessions, inbox.Heard("IDLE")));
        await NotHammeredAsync(watch, () => inbox.Heard("NOOP"), perMinute: 1);
    }

    [Fact]
    public async Task ServerThatTellsNothingWhileIdling_IsHeardAtTheRenewal()
    {
        await using var inbox = new ScriptedInbox
        {
            Idle = async idling =>
            {
                await idling.BeginAsync();
                await idling.DoneAsync();
                await idling.TellAsync();
                return await idling.EndAsync();
            },
        };
        await using var watch = await StartAsync(inbox);
        await watch.StateAsync(PushState.Waiting);
        inbox.Deliver(Mail("one"));
        await watch.TicketAsync("one");

        Assert.Equal(1, inbox.Sessions);
        await NotHammeredAsync(watch, () => inbox.Heard("IDLE"), perMinute: 1);
    }

    [Fact]
    public async Task ServerThatIsDeadWhileIdling_IsFoundOutAtTheRenewal_AndMailComesOverANewConnection()
    {
        await using var inbox = new ScriptedInbox
        {
            Idle = async idling =>
            {
                await idling.BeginAsync();
                await idling.DoneAsync(); // and not a word
                return true;
            },
        };
        await using var watch = await StartAsync(inbox);
        await Eventually.TrueAsync(() => inbox.Heard("IDLE") == 1, Bound, "it waits");
        inbox.Deliver(Mail("one"));
        await watch.TicketAsync("one");

        Assert.True(inbox.Sessions >= 2);
        await NotHammeredAsync(watch, () => inbox.Sessions, perMinute: 1);
    }

    [Fact]
    public async Task ServerThatAnswersTheEndOfIdleLate_KeepsItsConnection()
    {
        await using var inbox = new ScriptedInbox
        {
            Idle = async idling =>
            {
                await idling.BeginAsync();
                await idling.DoneOrMailAsync();
                await idling.TellAsync();
                await idling.DoneAsync();
                await Task.Delay(300); // half a minute
                return await idling.EndAsync();
            },
        };
        await using var watch = await StartAsync(inbox);
        foreach (var subject in new[] { "one", "two", "three" })
        {
            await Eventually.TrueAsync(() => inbox.Heard("IDLE") > inbox.Heard("DONE"), Bound, "it waits");
            inbox.Deliver(Mail(subject));
            await watch.TicketAsync(subject);
        }

        Assert.Equal(1, inbox.Sessions);
    }

    [Fact]
    public async Task ServerThatHangsUpAgainAndAgain_IsReconnectedEverLater_AndNoMailIsMissed()
    {
        await using var inbox = new ScriptedInbox
        {
            Idle = async idling =>
            {
                await idling.BeginAsync();
                await Task.WhenAny(idling.DoneAsync(), Task.Delay(50)); // after six seconds
                return false;
            },
        };
        await using var watch = await StartAsync(inbox);
        foreach (var subject in new[] { "one", "two", "three" })
        {
            inbox.Deliver(Mail(subject));
            await watch.TicketAsync(subject);
        }

        await Eventually.TrueAsync(() => inbox.Sessions >= 5, Bound, "five connections");
        await NotHammeredAsync(watch, () => inbox.Sessions, perMinute: 2);
        Assert.Equal(3, await watch.TicketsAsync());
    }

    private static string Mail(string subject) => $"From: ann@b.example\nSubject: {subject}\nMessage-ID: <{subject}@b.example>\n\nhello\n";

    /// <summary>What happens in the next ten minutes or so, per minute of the fast clock.</summary>
    private static async Task NotHammeredAsync(Watched watch, Func<int> count, double perMinute)
    {
        var (from, before) = (watch.Clock.GetUtcNow(), count());
        await Eventually.TrueAsync(() => watch.Clock.GetUtcNow() - from > TimeSpan.FromMinutes(10), Bound, "ten minutes");
        var (minutes, times) = ((watch.Clock.GetUtcNow() - from).TotalMinutes, count() - before);
        Assert.True(times <= (minutes * perMinute) + 1, $"{times} times in {minutes:0} minutes");
    }

    private static async Task<Watched> StartAsync(ScriptedInbox inbox)
    {
        var clock = new FastClock(Faster);
        // Waits on the server are long in the fast clock, so that a slow machine is no fault; only the renewal comes early.
        var ages = TimeSpan.FromHours(1);
        var deadlines = new Deadlines
        {
            Connect = ages,
            Greeting = ages,
            Command = ages,
            LiteralIdle = ages,
            Write = ages,
            Logout = TimeSpan.FromMinutes(4),
            SlowestBody = 1,
            IdleRenewal = TimeSpan.FromMinutes(3),
        };
        MailSourceFor sources = mailbox => new ImapMailSource(mailbox, new MailCredentials.Password("ann", "secret"), new TransportOptions { Time = clock, Deadlines = deadlines });
        var desk = await FlowDesk.StartAsync(more: services => services.AddSingleton(sources).AddSingleton<TimeProvider>(clock));
        await desk.SetUpAsync(async db =>
        {
            var mailbox = await db.Mailboxes.SingleAsync(row => row.Name == "support");
            (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.AfterFetch, mailbox.Push, mailbox.Validity) = ("127.0.0.1", inbox.Endpoint.Port, Encryption.None, AfterFetch.MarkRead, true, Validity.Valid);
            (await db.Mailboxes.SingleAsync(row => row.Name == "sales")).Push = false;
        });
        return new Watched(desk, clock);
    }

    private sealed class Watched : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly FlowDesk desk;
        private readonly Task watching;

        public Watched(FlowDesk desk, FastClock clock)
        {
            (this.desk, Clock) = (desk, clock);
            watching = desk.Get<MailboxWatches>().RunAsync(stop.Token);
        }

        public FastClock Clock { get; }

        public Task TicketAsync(string subject) => Eventually.TrueAsync(
            async () =>
            {
                await using var db = desk.Db();
                return await db.Tickets.AnyAsync(ticket => ticket.Subject == subject);
            },
            Bound, $"\"{subject}\" is a ticket");

        public async Task<int> TicketsAsync()
        {
            await using var db = desk.Db();
            return await db.Tickets.CountAsync();
        }

        public Task StateAsync(PushState state) => Eventually.TrueAsync(
            async () =>
            {
                await using var db = desk.Db();
                return (await db.MailboxStatuses.AsNoTracking().SingleAsync(status => status.MailboxId == desk.SupportMailbox)).Push == state;
            },
            Bound, $"push is {state}");

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await watching.WaitAsync(Bound);
            stop.Dispose();
            await desk.DisposeAsync();
        }
    }
}
