namespace HelpdeskMail.Mail.Transport;

/// <summary>One reusable cancellation token for the waits of one direction of a connection: a download makes thousands of them.</summary>
internal sealed class DeadlineSource(TimeProvider time) : IDisposable
{
    private CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenRegistration _caller;

    public CancellationToken Token => _source.Token;

    public void Arm(TimeSpan span, CancellationToken caller)
    {
        _source.CancelAfter(span);
        if (caller.CanBeCanceled)
            _caller = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    public void Disarm()
    {
        // Unregister, not Dispose: it must not wait for a callback that may be running us.
        _caller.Unregister();
        _caller = default;
        if (_source.TryReset())
            return;
        _source.Dispose();
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    public void Dispose()
    {
        _caller.Unregister();
        _source.Dispose();
    }
}
