using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Bench;

/// <summary>
/// Fetches a full mailbox from a private Dovecot over TLS into an empty SQLite database with the <c>fetch</c> command, beside a raw
/// download of the same mailbox, and checks that every mail is in the right ticket. Exit 1 when one is not.
/// </summary>
internal static class FetchLoad
{
    private const string Address = "support@helpdesk.test";
    private const string Password = "pw1";
    private static readonly RigPorts Ports = RigPorts.FindFree();

    public static async Task<int> RunAsync(int count)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101); // Dovecot's processes pass through it
        var script = Path.Combine(AppContext.BaseDirectory, "MailRig", "rig.sh");
        var rig = Path.Combine(directory, "rig");
        Shell("bash", script, "up", rig, Ports.Base.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            var mails = LoadMails.Generate(count, seed: 1).ToList();
            Fill(Path.Combine(rig, "mail", Address, "Maildir"), mails);
            Console.Error.WriteLine($"{mails.Count} mails, {mails.Sum(m => (long)m.Raw.Length) / 1e6:0.0} MB, {mails.Count(m => m.RootIndex == m.Index)} threads");

            var certificate = Path.Combine(rig, "cert.pem");
            await RawImapDownload.RunAsync(Ports.Imaps, certificate, Address, Password); // warms Dovecot's index and the page cache
            var raw = await RawImapDownload.RunAsync(Ports.Imaps, certificate, Address, Password);
            Console.Error.WriteLine($"raw download: {raw.Messages} mails, {raw.Bytes / 1e6:0.0} MB in {raw.Seconds:0.00} s");
            var fetch = await FetchAsync(directory, certificate);
            if (fetch is null)
                return 1;

            var wrong = await WrongAsync(directory, mails);
            foreach (var line in wrong.Take(10))
                Console.Error.WriteLine(line);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "fetch-load",
                mails = count,
                rawPerSecond = Math.Round(raw.PerSecond, 1),
                fetchPerSecond = fetch.Value.PerSecond,
                ratio = Math.Round(fetch.Value.PerSecond / raw.PerSecond, 4),
                seconds = fetch.Value.Seconds,
                processSeconds = Math.Round(fetch.Value.ProcessSeconds, 2),
                cpuSeconds = Math.Round(fetch.Value.CpuSeconds, 2), // of the whole process, start included
                peakMegabytes = Math.Round(fetch.Value.PeakMegabytes),
                threads = mails.Count(m => m.RootIndex == m.Index),
                wrong = wrong.Count,
            }));
            return wrong.Count == 0 ? 0 : 1;
        }
        finally
        {
            Shell("bash", script, "down", rig);
            await Eventually.DeletedAsync(directory); // the servers that were just stopped may still take a file
        }
    }

    private static void Fill(string maildir, List<LoadMail> mails)
    {
        foreach (var box in new[] { "", "cur", "new", "tmp" })
            Directory.CreateDirectory(Path.Combine(maildir, box));
        foreach (var mail in mails)
            File.WriteAllBytes(Path.Combine(maildir, "new", string.Create(CultureInfo.InvariantCulture, $"1700000000.M{mail.Index:D9}P1.bench")), mail.Raw);
        Shell("chown", "-R", "mailnull", Path.GetDirectoryName(maildir)!);
    }

    private static async Task<(double PerSecond, double Seconds, double ProcessSeconds, double CpuSeconds, double PeakMegabytes)?> FetchAsync(string directory, string certificate)
    {
        var environment = new Dictionary<string, string>
        {
            ["Database__Provider"] = "Sqlite",
            ["ConnectionStrings__Helpdesk"] = $"Data Source={directory}/helpdesk.db",
            ["Data__Directory"] = directory,
            ["Mail__AllowedPorts"] = Ports.Imaps.ToString(CultureInfo.InvariantCulture),
        };
        using var pinned = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(certificate);
        var config = Path.Combine(directory, "config.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            version = 1,
            departments = new[] { new { name = "Support", queues = new[] { new { name = "Support" } } } },
            mailboxes = new[]
            {
                new
                {
                    name = "support", protocol = "imap", address = Address, host = "localhost", port = Ports.Imaps, encryption = "tls", userName = Address, password = Password,
                    pinnedCertificate = pinned.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant(),
                    folder = "INBOX", afterFetch = "archive", archiveFolder = "Archive", queue = "Support", firstFetch = "all",
                },
            },
        }));
        string[][] preparation = [["migrate"], ["config", "import", config]];
        foreach (var arguments in preparation)
        {
            if ((await Tool.RunAsync(environment, arguments)).ExitCode != 0)
                return null;
        }
        var run = await Tool.RunAsync(environment, "fetch");
        Console.Error.Write(run.Output);
        if (run.ExitCode != 0)
            return null;
        using var line = JsonDocument.Parse(run.Output.Split('\n')[0]);
        return (line.RootElement.GetProperty("perSecond").GetDouble(), line.RootElement.GetProperty("seconds").GetDouble(), run.Seconds, run.CpuSeconds, run.PeakMegabytes);
    }

    /// <summary>One line for every mail that is missing, doubled or in another ticket than the mail that started its thread.</summary>
    private static async Task<List<string>> WrongAsync(string directory, List<LoadMail> mails)
    {
        await using var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={directory}/helpdesk.db").Options);
        var rows = await db.TicketMessages.Where(m => m.MessageId != null).Select(m => new { m.MessageId, m.TicketId }).ToListAsync();
        var ticketsOf = rows.ToLookup(row => row.MessageId!, row => row.TicketId, StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var mail in mails)
        {
            var tickets = ticketsOf[mail.MessageId].ToList();
            if (tickets.Count != 1)
                wrong.Add($"{mail.MessageId}: {tickets.Count} times");
            else if (tickets[0] != ticketsOf[mails[mail.RootIndex].MessageId].FirstOrDefault())
                wrong.Add($"{mail.MessageId}: in ticket {tickets[0]}, its thread is elsewhere");
        }
        var expected = mails.Count(m => m.RootIndex == m.Index);
        var found = await db.Tickets.CountAsync();
        if (found != expected)
            wrong.Add($"{found} tickets instead of {expected}");
        return wrong;
    }

    private static void Shell(string file, params string[] arguments)
    {
        using var process = Process.Start(file, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
