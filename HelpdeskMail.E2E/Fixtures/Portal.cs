using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>The real executable, as an administrator starts it: own process, own data directory, a free port.</summary>
public sealed partial class Portal : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly string App = Path.Combine(AppContext.BaseDirectory, "HelpdeskMail.App.dll");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("helpdesk-e2e-");
    private readonly Dictionary<string, string> _environment;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private Portal(string allowedPorts) => _environment = new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Database__Provider"] = "Sqlite",
        ["ConnectionStrings__Helpdesk"] = $"Data Source={Path.Combine(_directory.FullName, "helpdesk.db")}",
        ["Data__Directory"] = _directory.FullName,
        ["Mail__AllowedPorts"] = allowedPorts,
    };

    /// <summary>http://127.0.0.1:PORT, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Everything the portal wrote so far: for the message of a failed journey.</summary>
    public string Log => string.Join('\n', _output);

    /// <summary>An empty portal that nobody has claimed yet.</summary>
    public static async Task<Portal> StartAsync(string allowedPorts)
    {
        var portal = new Portal(allowedPorts);
        await portal.ServeAsync();
        return portal;
    }

    /// <summary>A portal with a configuration (API.md, "Configuration") and an administrator.</summary>
    public static async Task<Portal> StartAsync(string allowedPorts, string configuration, string administrator, string password)
    {
        var portal = new Portal(allowedPorts);
        var file = Path.Combine(portal._directory.FullName, "configuration.json");
        await File.WriteAllTextAsync(file, configuration);
        await portal.RunAsync("", "migrate");
        await portal.RunAsync("", "config", "import", file);
        await portal.RunAsync(password + "\n", "user", "add", administrator, "--role", "Administrator");
        await portal.ServeAsync();
        return portal;
    }

    /// <summary>The link that makes the first visitor an administrator, as printed at the start.</summary>
    public async Task<string> ClaimLinkAsync()
    {
        string? link = null;
        await Eventually.TrueAsync(() => (link = _output.Select(line => ClaimLink().Match(line)).FirstOrDefault(m => m.Success)?.Value) is not null, StartDeadline, $"a link for the first administrator in:\n{Log}");
        return link!;
    }

    /// <summary>Runs one command of the tool beside the portal, on the same data.</summary>
    public async Task<string> RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StartDeadline);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        await Eventually.DeletedAsync(_directory.FullName);
    }

    private async Task ServeAsync()
    {
        _process = Start("serve");
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            () => _process.HasExited
                ? throw new InvalidOperationException($"The portal ended with {_process.ExitCode}:\n{Log}")
                : (Url = _output.Select(line => Listening().Match(line)).FirstOrDefault(m => m.Success)?.Groups["url"].Value ?? "").Length > 0,
            StartDeadline,
            $"the portal listens:\n{Log}");
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [App, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.FullName,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();

    [GeneratedRegex(@"http://\S+/claim\?token=\S+", RegexOptions.None, 1000)]
    private static partial Regex ClaimLink();
}
