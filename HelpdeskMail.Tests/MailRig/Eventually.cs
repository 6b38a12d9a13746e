namespace HelpdeskMail.Tests;

/// <summary>Waits for a condition with a bound, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">The condition did not come true within <paramref name="deadline"/>.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > deadline)
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0} s: {what}");
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan deadline, string what) => TrueAsync(() => Task.FromResult(condition()), deadline, what);

    /// <summary>Deletes a directory into which something that was just stopped may still put or take a file (SQLite's write-ahead log does).</summary>
    public static Task DeletedAsync(string directory) => TrueAsync(
        () =>
        {
            try
            {
                Directory.Delete(directory, recursive: true);
                return true;
            }
            catch (DirectoryNotFoundException)
            {
                return !Directory.Exists(directory);
            }
            catch (IOException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(10),
        $"{directory} is deleted");
}
