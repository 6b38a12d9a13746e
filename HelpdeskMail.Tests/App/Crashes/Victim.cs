using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>The real executable in a session and process group of its own, to be killed with all it may have started.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private const int Sigkill = 137; // 128 + 9, as .NET reports it
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(4);
    private static readonly string App = Path.Combine(AppContext.BaseDirectory, "HelpdeskMail.App.dll");

    /// <summary>A test run that is killed itself must leave nothing behind.</summary>
    private const string Guarded = """
        owner=$1; shift
        (while kill -0 $owner && kill -0 $$; do sleep 1; done; kill -KILL -- -$$) >/dev/null 2>&1 </dev/null &
        exec "$@"
        """;

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private Victim(Process process) => this.process = process;

    public string Out => Read(output);

    public string Error => Read(error);

    public bool HasExited => process.HasExited;

    /// <summary>Whether it died of our signal, rather than had ended by itself just before.</summary>
    public bool WasKilled => process.HasExited && process.ExitCode == Sigkill;

    public static Victim Start(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments, byte[]? input = null)
    {
        // setsid runs the shell, and that the program, in its own place: the id is that of the program, and of its group.
        var start = new ProcessStartInfo("setsid", ["bash", "-c", Guarded, "guarded", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "dotnet", App, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var victim = new Victim(Process.Start(start)!);
        victim.process.OutputDataReceived += (_, line) => Take(victim.output, line.Data);
        victim.process.ErrorDataReceived += (_, line) => Take(victim.error, line.Data);
        victim.process.BeginOutputReadLine();
        victim.process.BeginErrorReadLine();
        victim.Feed(input ?? []);
        return victim;
    }

    /// <summary>True once the condition holds; false where it ended by itself before. Looking takes a quarter of one core at the most: the rest is the victim's.</summary>
    public async Task<bool> AliveUntilAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!process.HasExited)
        {
            var looked = TimeProvider.System.GetTimestamp();
            if (await condition()) return !process.HasExited;
            var took = TimeProvider.System.GetElapsedTime(looked) * 3;
            if (TimeProvider.System.GetElapsedTime(started) > Deadline) throw new TimeoutException($"Nothing happened for {Deadline}: {Out} {Error}");
            await Task.Delay(took > Look ? took : Look);
        }
        return false;
    }

    /// <summary>SIGKILL to the whole group.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("-KILL");
        await ExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, "--", string.Create(CultureInfo.InvariantCulture, $"-{process.Id}")]) { UseShellExecute = false, RedirectStandardError = true })!;
        await kill.WaitForExitAsync(); // it fails where the group has just ended
    }

    private void Feed(byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all.
        }
    }

    private static void Take(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
