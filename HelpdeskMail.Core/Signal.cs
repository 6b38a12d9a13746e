namespace HelpdeskMail.Core;

/// <summary>Wakes one waiter; set several times before the wait, it wakes once.</summary>
public sealed class Signal
{
    private TaskCompletionSource set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Volatile.Read(ref set).TrySetResult();

    /// <summary>Returns when set, or after <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        try
        {
            await Volatile.Read(ref set).Task.WaitAsync(most, cancel);
        }
        catch (TimeoutException)
        {
            return;
        }

        Volatile.Write(ref set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
