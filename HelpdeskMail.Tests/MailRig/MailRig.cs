using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>
/// A private Dovecot and Postfix. Use it as <c>IClassFixture&lt;MailRig&gt;</c> with a [RigFact]: all classes of a
/// test process share one pair of servers, so every test works on its own <see cref="NewUser"/>. Tests that stop a server belong to
/// the collection "exclusive mail rig". A watchdog of rig.sh stops the servers when this process ends, however it ends.
/// </summary>
public sealed class MailRig : IAsyncLifetime
{
    private const int PoolSize = 400;
    private static readonly SemaphoreSlim Gate = new(1);
    private static Servers? s_servers;
    private Servers? _servers;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "MailRig", "rig.sh");

    public static RigUser Support { get; } = new("support@helpdesk.test", "pw1");
    public static RigUser Sales { get; } = new("sales@helpdesk.test", "pw2");
    public static RigUser Alice { get; } = new("alice@customer.test", "pw3");
    public static RigUser Bob { get; } = new("bob@customer.test", "pw4");

    /// <summary>The certificate's names are localhost, mail.helpdesk.test and 127.0.0.1; nobody signed it.</summary>
    public static string Host => "localhost";

    public RigPorts Ports => Running.Ports;
    public string DirectoryPath => Running.DirectoryPath;
    public string CertificatePath => Path.Combine(DirectoryPath, "cert.pem");

    /// <summary>SHA-256 of the certificate in lower-case hex, as <c>pinnedCertificate</c> wants it.</summary>
    public string CertificateSha256 => Running.CertificateSha256;

    private Servers Running => _servers ?? throw new InvalidOperationException("The mail rig is not running; is the test a [RigFact]?");

    public async Task InitializeAsync()
    {
        if (RigAvailability.WhyNot is not null)
            return; // every [RigFact] is skipped with that reason
        await Gate.WaitAsync();
        try
        {
            _servers = s_servers ??= await StartAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>The servers stay for the next class; the watchdog ends them.</summary>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A mailbox nobody else uses, t-….@helpdesk.test, at once: Dovecot rereads its user file once a second only, so the names are made beforehand.</summary>
    public RigUser NewUser()
    {
        lock (Running.Pool)
            return Running.Pool.TryDequeue(out var user) ? user : throw new InvalidOperationException($"More than {PoolSize} fresh mailboxes in one run: raise {nameof(PoolSize)}.");
    }

    /// <summary>Any address as a mailbox; takes up to two seconds until Dovecot has noticed.</summary>
    public async Task<RigUser> AddUserAsync(string address, string password = "secret", string extra = "")
    {
        var user = new RigUser(address, password);
        await File.AppendAllTextAsync(Path.Combine(DirectoryPath, "users"), UserLine(user, extra));
        await Eventually.TrueAsync(async () => await TryRunAsync("/usr/bin/doveadm", "-c", DovecotConf, "auth", "test", user.Address, user.Password) == 0, TimeSpan.FromSeconds(10), $"Dovecot knows {address}");
        return user;
    }

    /// <summary>Further addresses whose mail comes into a mailbox, with or without a tag after a plus sign.</summary>
    public async Task AddAddressesAsync(IReadOnlyCollection<(string Address, RigUser Mailbox)> addresses)
    {
        await File.AppendAllTextAsync(Path.Combine(DirectoryPath, "users"), string.Concat(addresses.Select(pair => UserLine(pair.Mailbox with { Address = pair.Address }, $"userdb_mail=maildir:{Maildir(pair.Mailbox, "INBOX")}"))));
        var (last, user) = addresses.Last();
        await Eventually.TrueAsync(async () => await TryRunAsync("/usr/bin/doveadm", "-c", DovecotConf, "auth", "test", last, user.Password) == 0, TimeSpan.FromSeconds(10), $"Dovecot knows {last}");
    }

    /// <summary>Straight into the mailbox, past Postfix.</summary>
    public Task DeliverLmtpAsync(RigUser to, byte[] raw, string sender = "alice@customer.test") => MailDrop.SendAsync(lmtp: true, Ports.Lmtp, sender, [to.Address], raw);

    /// <inheritdoc cref="DeliverLmtpAsync(RigUser, byte[], string)"/>
    public Task DeliverLmtpAsync(RigUser to, string raw, string sender = "alice@customer.test") => DeliverLmtpAsync(to, Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n")), sender);

    /// <summary>From the outside world through Postfix; an unknown recipient makes a bounce to <paramref name="sender"/>. An empty sender is the null return path.</summary>
    public Task SendFromOutsideAsync(string sender, string recipient, string raw) => MailDrop.SendAsync(lmtp: false, Ports.Smtp, sender, [recipient], Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n")));

    /// <summary>A file in the Maildir: the quickest way, byte for byte what the client will then read (no Received or Return-Path is added).</summary>
    public void Put(RigUser to, byte[] raw, string folder = "INBOX") => RigMaildir.Put(Maildir(to, folder), raw);

    /// <summary>
    /// A mailbox whose INBOX is one mbox file with that many messages: making 100,000 files would take longer than all the rest of a test.
    /// The messages must end in an empty line's CRLF and hold no line that begins with "From ".
    /// </summary>
    public async Task<RigUser> AddFilledUserAsync(int count, Func<int, byte[]> raw)
    {
        var name = $"full-{RandomNumberGenerator.GetHexString(8, lowercase: true)}@helpdesk.test";
        var home = Directory.CreateDirectory(Path.Combine(DirectoryPath, "mail", name)).FullName;
        var inbox = Path.Combine(home, "inbox");
        await using (var file = File.Create(inbox))
        {
            for (var i = 0; i < count; i++)
            {
                file.Write("From alice@customer.test Sat Nov 21 10:00:00 2026\n"u8);
                file.Write(raw(i).AsSpan());
                file.Write("\n"u8);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            // Dovecot works here as another user.
            File.SetUnixFileMode(home, (UnixFileMode)0b111_111_111);
            File.SetUnixFileMode(inbox, (UnixFileMode)0b110_110_110);
        }

        return await AddUserAsync(name, extra: "userdb_mail=mbox:~/mail:INBOX=~/inbox");
    }

    /// <summary>What the server holds in a folder now.</summary>
    public IReadOnlyList<RigMail> Mails(RigUser user, string folder = "INBOX") => RigMaildir.Read(Maildir(user, folder));

    /// <summary>Waits until a mail with this property is in the folder.</summary>
    public async Task<RigMail> WaitForMailAsync(RigUser user, Func<RigMail, bool> predicate, string folder = "INBOX", TimeSpan? deadline = null)
    {
        RigMail? found = null;
        await Eventually.TrueAsync(() => Task.FromResult((found = Mails(user, folder).FirstOrDefault(predicate)) is not null), deadline ?? TimeSpan.FromSeconds(20), $"a mail in {folder} of {user.Address}");
        return found!;
    }

    /// <summary>Expunges everything in every folder.</summary>
    public async Task EmptyAsync(RigUser user) => await RunAsync("/usr/bin/doveadm", "-c", DovecotConf, "expunge", "-u", user.Address, "mailbox", "*", "all");

    /// <summary>What people do with their other mail programs, by doveadm's words: <c>"move", "-u", user.Address, "Archive", "mailbox", "INBOX", "all"</c>.</summary>
    public Task DoveadmAsync(params string[] arguments) => RunAsync("/usr/bin/doveadm", ["-c", DovecotConf, .. arguments]);

    /// <summary>Gives the folder another UIDVALIDITY, as a server does after a restore.</summary>
    public async Task NewUidValidityAsync(RigUser user, string folder = "INBOX") =>
        await RunAsync("/usr/bin/doveadm", "-c", DovecotConf, "mailbox", "update", "-u", user.Address, "--uid-validity", Random.Shared.Next(1_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture), folder);

    /// <summary>Lets Dovecot take this OAuth access token for this mailbox until <see cref="RevokeToken"/>.</summary>
    public void AcceptToken(string token, RigUser user) => Running.OAuth.Accept(token, user.Address);

    public void RevokeToken(string token) => Running.OAuth.Revoke(token);

    /// <summary>Only in the exclusive collection, and always with <see cref="StartDovecotAsync"/> in a finally.</summary>
    public Task StopDovecotAsync() => RunAsync("/bin/bash", Script, "dovecot-stop", DirectoryPath);

    public Task StartDovecotAsync() => RunAsync("/bin/bash", Script, "dovecot-start", DirectoryPath);

    public async Task RestartDovecotAsync()
    {
        await StopDovecotAsync();
        await StartDovecotAsync();
    }

    private string DovecotConf => Path.Combine(DirectoryPath, "dovecot.conf");

    private string Maildir(RigUser user, string folder)
    {
        var inbox = Path.Combine(DirectoryPath, "mail", user.Address, "Maildir");
        return folder == "INBOX" ? inbox : Path.Combine(inbox, "." + folder.Replace('/', '.'));
    }

    private static string UserLine(RigUser user, string extra = "") => $"{user.Address}:{{PLAIN}}{user.Password}::::::{extra}\n";

    private static async Task<Servers> StartAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"helpdesk-rig-{Environment.ProcessId}");
        Directory.CreateDirectory(directory);
        var pool = Enumerable.Range(0, PoolSize).Select(_ => new RigUser($"t-{RandomNumberGenerator.GetHexString(8, lowercase: true)}@helpdesk.test", "secret")).ToList();
        await File.WriteAllTextAsync(Path.Combine(directory, "users"), string.Concat(new[] { Support, Sales, Alice, Bob }.Concat(pool).Select(user => UserLine(user))));

        var (ports, oauth) = await StartServersAsync(directory);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(directory, "cert.pem"));
        return new Servers(directory, ports, certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), oauth, new Queue<RigUser>(pool));
    }

    /// <summary>Between finding free ports and taking them another test run may take one: then others are tried.</summary>
    private static async Task<(RigPorts Ports, OAuthIntrospection OAuth)> StartServersAsync(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ports = RigPorts.FindFree();
            var oauth = new OAuthIntrospection(ports.OAuthIntrospection);
            var code = await TryRunAsync("/bin/bash", Script, "up", directory, ports.Base.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            if (code == 0)
                return (ports, oauth);
            oauth.Dispose();
            if (attempt == 3)
                throw new InvalidOperationException($"The mail rig did not start ({code}); see {directory}/*.out and *.log");
        }
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        var code = await TryRunAsync(file, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {code}");
    }

    /// <summary>Output goes where the test runner's goes: redirecting it would wait for the daemons that inherit the pipe.</summary>
    private static async Task<int> TryRunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false })!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    private sealed record Servers(string DirectoryPath, RigPorts Ports, string CertificateSha256, OAuthIntrospection OAuth, Queue<RigUser> Pool);
}
