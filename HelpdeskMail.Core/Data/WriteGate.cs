namespace HelpdeskMail.Core.Data;

/// <summary>SQLite has one writer at a time. Big writers of one process queue here, in turn and without blocking a thread, instead of polling
/// the file's lock; other processes still meet at that lock. The server databases need no gate.</summary>
public sealed class WriteGate(DatabaseOptions options) : IDisposable
{
    private readonly SemaphoreSlim? one = options.Provider == DatabaseProvider.Sqlite ? new SemaphoreSlim(1) : null;

    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        if (one is null) return new Pass(null);
        await one.WaitAsync(cancel);
        return new Pass(one);
    }

    public void Dispose() => one?.Dispose();

    private sealed class Pass(SemaphoreSlim? gate) : IDisposable
    {
        private SemaphoreSlim? held = gate;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
