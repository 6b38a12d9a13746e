namespace HelpdeskMail.App.Components.Shared;

/// <summary>Reads a page's content again after changes: the first change at once, those that come while it reads and in the pause after it together by
/// one more round. Used on the renderer's own thread of work only.</summary>
internal sealed class Refresher(Func<Task> read, TimeSpan pause, TimeProvider time)
{
    private bool busy;
    private bool again;

    /// <param name="gone">The page was left.</param>
    public async Task AskAsync(CancellationToken gone)
    {
        again = true;
        if (busy) return;
        busy = true;
        try
        {
            while (again && !gone.IsCancellationRequested)
            {
                again = false;
                await read();
                await Task.Delay(pause, time, gone);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        finally
        {
            busy = false;
        }
    }
}
