using System.Diagnostics;
using System.Globalization;
using HelpdeskMail.Tests.Mail.Mime;

namespace HelpdeskMail.Bench;

/// <summary>Mutated mails for as long as one likes: reading one never throws, takes time in proportion to its size, and no more memory than a multiple of it.
/// What breaks one of these is written to a folder, to be made a test of.</summary>
internal static class FuzzRun
{
    private const int MaxSeed = 200_000;
    private const int MaxSeeds = 5000;
    private const double MaxSecondsPerMegabyte = 20; // processor time; what isn't linear is far beyond
    private const double MaxOctetsAllocatedPerOctet = 2000;
    private const long Allowance = 64 * 1024 * 1024; // for small mails, whose fixed costs dominate

    internal static int Run(int seconds, string? directory)
    {
        var seeds = Seeds(directory);
        var seed = Environment.TickCount;
        var mutator = new MailMutator(seed, seeds);
        Print($"{seeds.Count} seeds, seed {seed}, {seconds} s");
        var failures = Path.Combine(Path.GetTempPath(), $"fuzz-{seed}");
        long rounds = 0, octets = 0, failed = 0;
        double slowest = 0, hungriest = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            var raw = mutator.Next();
            rounds++;
            octets += raw.Length;
            if (Check(raw, ref slowest, ref hungriest) is not { } fault) continue;
            failed++;
            Directory.CreateDirectory(failures);
            var file = Path.Combine(failures, $"{rounds}.eml");
            File.WriteAllBytes(file, raw);
            Print($"{file}: {fault}");
        }
        Print($"{rounds} mails, {octets / 1048576.0:F1} MiB, {failed} failed; slowest {slowest:F2} s/MB, most allocated {hungriest:F0} octets an octet; {GC.GetTotalMemory(true) / 1048576} MiB live at the end");
        return failed == 0 ? 0 : 1;
    }

    private static string? Check(byte[] raw, ref double slowest, ref double hungriest)
    {
        var (cost, allocated, fault) = Measure(raw);
        if (fault is not null) return fault;
        var size = Math.Max(raw.Length, 50_000); // below that the clock says nothing
        if (cost * 1e6 / size > MaxSecondsPerMegabyte) cost = Math.Min(cost, Measure(raw).Seconds); // once more: other work, a collection
        slowest = Math.Max(slowest, cost * 1e6 / size);
        hungriest = Math.Max(hungriest, (double)allocated / size);
        if (cost * 1e6 / size > MaxSecondsPerMegabyte) return $"{cost:F2} s for {raw.Length} octets";
        return allocated > Allowance + (raw.Length * MaxOctetsAllocatedPerOctet) ? $"{allocated} octets allocated for {raw.Length}" : null;
    }

    // Catches all there is: that nothing is thrown is what is being tried.
    private static (double Seconds, long Allocated, string? Fault) Measure(byte[] raw)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        try
        {
            WholeReading.Of(raw);
        }
        catch (Exception e)
        {
            return (0, 0, e.ToString());
        }
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - allocated, null);
    }

    private static List<byte[]> Seeds(string? directory)
    {
        if (directory is null) return LoadMails.Generate(200, seed: 1).Select(m => m.Raw).ToList();
        return Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".json", StringComparison.Ordinal) && !f.EndsWith(".jsonl", StringComparison.Ordinal) && new FileInfo(f).Length is > 10 and < MaxSeed)
            .Order(StringComparer.Ordinal)
            .Take(MaxSeeds)
            .Select(f => f.EndsWith(".tnef", StringComparison.Ordinal) ? [.. "Content-Type: application/ms-tnef\r\n\r\n"u8, .. File.ReadAllBytes(f)] : File.ReadAllBytes(f))
            .ToList();
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
