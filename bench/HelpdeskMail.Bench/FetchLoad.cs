using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Tests;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Bench;

/// <summary>
/// Fetches a full mailbox from a private Dovecot over TLS into an empty or a seeded database with the <c>fetch</c> command, beside a raw
/// download of the same mailbox, and checks that every mail is in the right ticket. Exit 1 when one is not.
/// </summary>
internal static class FetchLoad
{
    private const string Address = "support@helpdesk.test";
    private const string Password = "pw1";
    private static readonly RigPorts Ports = RigPorts.FindFree();

    public static async Task<int> RunAsync(FetchLoadOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101); // Dovecot's processes pass through it
        var script = Path.Combine(AppContext.BaseDirectory, "MailRig", "rig.sh");
        var rig = Path.Combine(directory, "rig");
        Shell.Run("bash", script, "up", rig, Ports.Base.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            var mails = LoadMails.Generate(options.Count, seed: 1).ToList();
            var box = Path.Combine(rig, "mail", Address, "Maildir");
            Fill(box + ".full", mails);
            Refill(box + ".full", box);
            Console.Error.WriteLine($"{mails.Count} mails, {mails.Sum(m => (long)m.Raw.Length) / 1e6:0.0} MB, {mails.Count(m => m.RootIndex == m.Index)} threads");

            var certificate = Path.Combine(rig, "cert.pem");
            await RawImapDownload.RunAsync(Ports.Imaps, certificate, Address, Password); // warms Dovecot's index and the page cache
            var wrongs = 0;
            var template = options.Postgres ? await SeedDatabase.PostgresAsync(directory, seeded: options.Seed is not null) : BenchDatabase.Sqlite(options.Seed ?? "");
            for (var round = 1; round <= options.Rounds; round++)
            {
                if (round > 1) Refill(box + ".full", box);
                var raw = await RawImapDownload.RunAsync(Ports.Imaps, certificate, Address, Password);
                Console.Error.WriteLine($"raw download: {raw.Messages} mails, {raw.Bytes / 1e6:0.0} MB in {raw.Seconds:0.00} s");
                var database = await template.CopyAsync($"run{round}", directory);
                if (await FetchAsync(directory, certificate, database) is not { } fetch) return 1;

                await using var db = database.Open();
                var wrong = await WrongAsync(db, mails);
                foreach (var line in wrong.Take(10)) Console.Error.WriteLine(line);
                wrongs += wrong.Count;
                Report(options, mails, raw, fetch, wrong.Count);
            }
            return wrongs == 0 ? 0 : 1;
        }
        finally
        {
            Shell.Run("bash", script, "down", rig);
            await Eventually.DeletedAsync(directory); // the servers that were just stopped may still take a file
        }
    }

    /// <summary>The first line of a server's file, 0 where there is none.</summary>
    private static double CpuOfServer(string pidFile) => File.Exists(pidFile) ? Footprint.CpuOfServer(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture)) : 0;

    private static void Report(FetchLoadOptions options, List<LoadMail> mails, RawImapDownload.Result raw, Run fetch, int wrong) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        bench = "fetch-load",
        database = options.Postgres ? "postgres" : "sqlite",
        seeded = options.Seed is not null,
        mails = mails.Count,
        rawPerSecond = Math.Round(raw.PerSecond, 1),
        fetchPerSecond = fetch.PerSecond,
        ratio = Math.Round(fetch.PerSecond / raw.PerSecond, 4),
        seconds = fetch.Seconds,
        processSeconds = Math.Round(fetch.ProcessSeconds, 2),
        cpuSeconds = Math.Round(fetch.CpuSeconds, 2), // of the whole process, start included
        cpuMicrosecondsPerMail = Math.Round(fetch.CpuSeconds * 1e6 / mails.Count),
        databaseCpuMicrosecondsPerMail = Math.Round(fetch.DatabaseSeconds * 1e6 / mails.Count), // of a server; SQLite's is in the process
        mailServerCpuMicrosecondsPerMail = Math.Round(fetch.MailServerSeconds * 1e6 / mails.Count),
        peakMegabytes = Math.Round(fetch.PeakMegabytes),
        threads = mails.Count(m => m.RootIndex == m.Index),
        wrong,
    }));

    /// <summary>Writes the mails as a mailbox that nobody has looked at.</summary>
    public static void Fill(string maildir, List<LoadMail> mails)
    {
        foreach (var box in new[] { "", "cur", "new", "tmp" })
            Directory.CreateDirectory(Path.Combine(maildir, box));
        foreach (var mail in mails)
            File.WriteAllBytes(Path.Combine(maildir, "new", string.Create(CultureInfo.InvariantCulture, $"1700000000.M{mail.Index:D9}P1.bench")), mail.Raw);
        Shell.Run("chown", "-R", "mailnull", Path.GetDirectoryName(maildir)!);
    }

    /// <summary>A full mailbox as if it were new: hard links to the mails.</summary>
    private static void Refill(string full, string maildir)
    {
        if (Directory.Exists(maildir)) Directory.Delete(maildir, recursive: true);
        Shell.Run("cp", "-al", full, maildir);
    }

    private static async Task<Run?> FetchAsync(string directory, string certificate, BenchDatabase database)
    {
        var environment = new Dictionary<string, string>
        {
            ["Database__Provider"] = database.Options.Provider.ToString(),
            ["ConnectionStrings__Helpdesk"] = database.Options.ConnectionString,
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
        var (databaseServer, mailServer) = (Path.Combine(directory, "pg", "data", "postmaster.pid"), Path.Combine(directory, "rig", "dovecot.pid"));
        var (databaseBefore, mailBefore) = (CpuOfServer(databaseServer), CpuOfServer(mailServer));
        var run = await Tool.RunAsync(environment, "fetch");
        Console.Error.Write(run.Output);
        if (run.ExitCode != 0)
            return null;
        using var line = JsonDocument.Parse(run.Output.Split('\n')[0]);
        return new Run(line.RootElement.GetProperty("perSecond").GetDouble(), line.RootElement.GetProperty("seconds").GetDouble(), run.Seconds, run.CpuSeconds, run.PeakMegabytes, CpuOfServer(databaseServer) - databaseBefore, CpuOfServer(mailServer) - mailBefore);
    }

    /// <summary>One line for every mail that is missing, doubled or in another ticket than the mail that started its thread.</summary>
    public static async Task<List<string>> WrongAsync(HelpdeskDb db, List<LoadMail> mails)
    {
        var seed = mails[0].MessageId[..(mails[0].MessageId.IndexOf('.', StringComparison.Ordinal) + 1)];
        var rows = await db.TicketMessages.Where(m => m.MessageId != null && m.MessageId.StartsWith(seed) && m.MessageId.EndsWith("@mail.example.org")).Select(m => new { m.MessageId, m.TicketId }).ToListAsync();
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
        var found = ticketsOf.SelectMany(tickets => tickets).Distinct().Count();
        if (found != expected)
            wrong.Add($"{found} tickets instead of {expected}");
        return wrong;
    }

    private sealed record Run(double PerSecond, double Seconds, double ProcessSeconds, double CpuSeconds, double PeakMegabytes, double DatabaseSeconds, double MailServerSeconds);
}
