using System.Runtime.Versioning;
using HelpdeskMail.Bench;

[assembly: SupportedOSPlatform("linux")] // the load runs start Debian's mail servers

return args switch
{
    ["fetch-load", .. var rest] when FetchLoadOptions.TryParse(rest) is { } options => await FetchLoad.RunAsync(options),
    ["portal-load"] => await PortalLoad.RunAsync(1000, 3),
    ["portal-load", var count] => await PortalLoad.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), 3),
    ["portal-load", var count, var rounds] => await PortalLoad.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)),
    ["seed", var file] => await SeedDatabase.FileAsync(Path.GetFullPath(file), SeedDatabase.Mails),
    ["seed", var file, var count] => await SeedDatabase.FileAsync(Path.GetFullPath(file), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["lists", "--postgres"] => await ListTimes.PostgresAsync(),
    ["lists", var file] => await ListTimes.FileAsync(Path.GetFullPath(file)),
    ["parse", var directory] => ParseBench.Run(directory),
    ["imap-download"] => await ImapDownload.RunAsync(3000),
    ["imap-download", var count] => await ImapDownload.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["process-load"] => await ProcessLoad.RunAsync(2000),
    ["process-load", var count] => await ProcessLoad.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["routing"] => await RoutingLoad.RunAsync(2000),
    ["routing", var count] => await RoutingLoad.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["delivery"] => await DeliveryBench.RunAsync(50),
    ["delivery", var count] => await DeliveryBench.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["idle-load"] => await IdleLoad.RunAsync(200),
    ["idle-load", var count] => await IdleLoad.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["fuzz", var seconds] => FuzzRun.Run(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), null),
    ["fuzz", var seconds, var directory] => FuzzRun.Run(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), directory),
    ["generate", var count, var directory] => Generate(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), directory),
    _ => Usage(),
};

static int Generate(int count, string directory)
{
    Directory.CreateDirectory(directory);
    foreach (var mail in LoadMails.Generate(count, seed: 1))
        File.WriteAllBytes(Path.Combine(directory, $"{mail.Index + 1:D5}.eml"), mail.Raw);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        fetch-load [N] [--postgres] [--seed FILE] [--rounds K]
                              fetch N (1000) mails from a local Dovecot over TLS into SQLite or PostgreSQL; root, Debian.
                              With --seed on top of a million mails: a copy of FILE, or seeded on the spot (PostgreSQL)
        portal-load [N] [K]   the same in a running portal, a new mailbox of N (1000) mails each of K (3) rounds: the first still compiles, the others don't
        seed FILE [N]         a SQLite database with N (1,000,000) small mails, tickets, ledger and log rows, for the runs above and below
        lists FILE|--postgres the times of every list's queries over such a database
        parse DIRECTORY       read and decode every .eml of a folder, compared with a copy of its octets
        imap-download [N]     our IMAP client against a raw SslStream, N (3000) mails from an in-process server over TLS
        process-load [N]      the same from memory, without a server: our own share, in processor time too
        routing [N]           what 10,000 aliases and 1,000 filters cost: rounds of N (2000) mails from memory, with and without them by turns
        delivery [N]          N (50) mails one by one through Postfix and Dovecot until they stand in an open ticket list in Chromium; root, Debian
        idle-load [N]         N (200) mailboxes waiting for mail in one process: threads, memory, and mail that comes meanwhile; root, Debian
        fuzz SECONDS [DIR]    mutated mails of a folder (or generated ones): no exception, linear time, bounded memory; failures are kept
        generate N DIRECTORY  only write the mails that fetch-load uses
        """);
    return 2;
}
