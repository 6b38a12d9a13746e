using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Grows each time the server says that mail came into the selected mailbox, whichever command it says so in.</summary>
    public int Arrivals => _session.Arrivals;

    /// <summary>
    /// Waits until <see cref="Arrivals"/> is no longer <paramref name="seen"/> (true) or <paramref name="stop"/> is cancelled (false); the
    /// connection can be used afterwards. What others mark, move or delete does not end the wait. Uses IDLE (RFC 2177), renewed before
    /// routers forget the connection; with <paramref name="askEvery"/> it asks with NOOP instead, for servers without IDLE.
    /// </summary>
    /// <exception cref="MailRefusedException">The server does not want to IDLE; the connection goes on.</exception>
    public async Task<bool> WaitForMailAsync(int seen, TimeSpan? askEvery, CancellationToken stop)
    {
        using var turn = _session.Enter();
        while (_session.Arrivals == seen)
        {
            if (stop.IsCancellationRequested)
                return false;
            if (askEvery is { } pause)
                await AskAsync(pause, stop);
            else
                await IdleAsync(seen, stop);
        }

        return true;
    }

    private async Task AskAsync(TimeSpan pause, CancellationToken stop)
    {
        await Task.Delay(pause, Connection.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsCancellationRequested)
            return;
        var patience = Connection.Deadlines.Logout + Connection.Deadlines.Logout;
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Connection.Time);
        using var stopped = stop.UnsafeRegister(_ => giveUp.CancelAfter(patience), null);
        try
        {
            await _session.RunAsync(new SimpleCommand("NOOP"), giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            throw Connection.Break(new MailProtocolException(MailFaultKind.Timeout, "The server did not answer NOOP."));
        }
    }

    /// <summary>One IDLE: until mail arrives, somebody stops it, or it is time to renew it.</summary>
    private async Task IdleAsync(int seen, CancellationToken stop)
    {
        var deadlines = Connection.Deadlines;
        var idle = new SimpleCommand("IDLE");
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Connection.Time);
        await _session.StartAsync(idle, giveUp.Token);
        while (_session.Continuation is null && !idle.IsDone)
            await _session.PumpAsync(giveUp.Token);
        _session.Continuation = null;

        var ending = 0;
        var done = Task.CompletedTask;
        void End()
        {
            if (idle.IsDone || Interlocked.Exchange(ref ending, 1) != 0)
                return;
            // Written while a read is waiting: the two directions don't disturb each other. A dead connection answers nothing, hence the bound.
            giveUp.CancelAfter(deadlines.Logout + deadlines.Logout);
            done = _session.WriteLineAsync("DONE", "DONE", CancellationToken.None);
        }

        using var renewal = new CancellationTokenSource(deadlines.IdleRenewal, Connection.Time);
        using (renewal.Token.UnsafeRegister(static end => ((Action)end!)(), (Action)End))
        using (stop.UnsafeRegister(static end => ((Action)end!)(), (Action)End))
        {
            if (_session.Arrivals != seen)
                End();
            while (!idle.IsDone)
            {
                try
                {
                    await _session.PumpAsync(giveUp.Token, deadlines.IdleRenewal + deadlines.Command);
                }
                catch (OperationCanceledException)
                {
                    throw Connection.Break(new MailProtocolException(MailFaultKind.Timeout, "The server did not answer the end of IDLE."));
                }

                if (_session.Arrivals != seen)
                    End();
            }
        }

        await done;
        idle.ThrowIfRefused();
    }
}
