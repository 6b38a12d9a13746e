using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>
    /// Waits until the selected mailbox changes (true) or <paramref name="stop"/> is cancelled (false); the connection can be used
    /// afterwards. Uses IDLE (RFC 2177), renewed before routers forget the connection, or asks with NOOP every <paramref name="pollEvery"/>.
    /// </summary>
    public async Task<bool> WaitForChangesAsync(TimeSpan pollEvery, CancellationToken stop)
    {
        using var turn = _session.Enter();
        var before = _session.Changes;
        while (!stop.IsCancellationRequested)
        {
            if (Capabilities.Idle)
                await IdleAsync(before, stop);
            else
                await PollAsync(pollEvery, stop);
            if (_session.Changes != before)
                return true;
        }

        return false;
    }

    private async Task PollAsync(TimeSpan pollEvery, CancellationToken stop)
    {
        await Task.Delay(pollEvery, Connection.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested)
            await _session.RunAsync(new SimpleCommand("NOOP"), CancellationToken.None);
    }

    /// <summary>One IDLE: until something changes, somebody stops it, or it is time to renew it.</summary>
    private async Task IdleAsync(int before, CancellationToken stop)
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
            if (_session.Changes != before)
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

                if (_session.Changes != before)
                    End();
            }
        }

        await done;
        idle.ThrowIfRefused();
    }
}
