using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Bench;

/// <summary>The real executable serving, on a private Dovecot and Postfix with as many mailboxes as wanted; all gone when disposed.</summary>
internal sealed class BenchPortal : IAsyncDisposable
{
    public const string Administrator = "ada@helpdesk.test";
    public const string Password = "a-Secret-of-Ada";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "MailRig", "rig.sh");

    private readonly string directory;
    private readonly Dictionary<string, string> environment;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    private BenchPortal(string directory)
    {
        this.directory = directory;
        environment = new()
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Database__Provider"] = "Sqlite",
            ["ConnectionStrings__Helpdesk"] = $"Data Source={directory}/helpdesk.db",
            ["Data__Directory"] = directory,
            ["Mail__AllowedPorts"] = Ports.Allowed,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
    }

    public RigPorts Ports { get; } = RigPorts.FindFree();

    public string Url { get; private set; } = "";

    public int ProcessId => process!.Id;

    public string Rig => Path.Combine(directory, "rig");

    /// <summary>Servers, an empty portal with an administrator, and nothing to fetch yet.</summary>
    public static async Task<BenchPortal> StartAsync(int mailboxes)
    {
        var root = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101); // Dovecot's processes pass through it
        var portal = new BenchPortal(root);
        Directory.CreateDirectory(portal.Rig);
        await File.WriteAllLinesAsync(Path.Combine(portal.Rig, "users"), Enumerable.Range(0, mailboxes).Select(i => $"{AddressOf(i)}:{{PLAIN}}secret::::::"));
        Shell("bash", Script, "up", portal.Rig, portal.Ports.Base.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        await portal.RunAsync("", "migrate");
        await portal.RunAsync(Password + "\n", "user", "add", Administrator, "--role", "Administrator");
        return portal;
    }

    public static string AddressOf(int mailbox) => $"box{mailbox}@helpdesk.test";

    public async Task ServeAsync()
    {
        process = Start("serve");
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        const string listening = "Now listening on: ";
        await Eventually.TrueAsync(
            () => (Url = output.FirstOrDefault(line => line.Contains(listening, StringComparison.Ordinal)) is { } line ? line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim() : "").Length > 0,
            StartDeadline, "the portal listens: " + string.Join('\n', output));
    }

    /// <summary>Mailboxes that are fetched by push alone: their interval is a day.</summary>
    public async Task ConfigureAsync(int mailboxes)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Rig, "cert.pem"));
        var pin = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
        var file = Path.Combine(directory, "config.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            version = 1,
            settings = new Dictionary<string, int> { ["mail.gateway.loop.threshold"] = 100_000 }, // one sender writes all of it
            departments = new[] { new { name = "Support", queues = new[] { new { name = "Support" } } } },
            mailboxes = Enumerable.Range(0, mailboxes).Select(i => new
            {
                name = $"box{i}",
                protocol = "imap",
                address = AddressOf(i),
                host = "localhost",
                port = Ports.Imaps,
                encryption = "tls",
                userName = AddressOf(i),
                password = "secret",
                pinnedCertificate = pin,
                folder = "INBOX",
                afterFetch = "archive",
                archiveFolder = "Archive",
                queue = "Support",
                firstFetch = "all",
                intervalMinutes = 1440,
                push = true,
            }),
        }));
        await RunAsync("", "config", "import", file);
    }

    public SqliteDb Db() => new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(environment["ConnectionStrings__Helpdesk"]).Options);

    /// <summary>Ends the portal as the operating system would; how long that took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var started = Stopwatch.GetTimestamp();
        Shell("kill", "-TERM", ProcessId.ToString(CultureInfo.InvariantCulture));
        await process!.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        Shell("bash", Script, "down", Rig);
        await Eventually.DeletedAsync(directory);
    }

    private async Task RunAsync(string input, params string[] arguments)
    {
        using var command = Start(arguments);
        await command.StandardInput.WriteAsync(input);
        command.StandardInput.Close();
        var error = command.StandardError.ReadToEndAsync();
        await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        if (command.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {command.ExitCode}: {await error}");
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelpdeskMail.App.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Shell(string file, params string[] arguments)
    {
        using var shell = Process.Start(file, arguments);
        shell.WaitForExit();
        if (shell.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {shell.ExitCode}");
    }
}
