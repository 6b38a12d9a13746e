using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Bench;

/// <summary>Reads every mail of a folder, single-threaded and warm: fields, addresses, texts and all attachments decoded. Compared with copying the same octets.</summary>
internal static class ParseBench
{
    private const int Rounds = 7;

    internal static int Run(string directory)
    {
        var mails = Directory.GetFiles(directory, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        if (mails.Count == 0)
        {
            Console.Error.WriteLine("no .eml in " + directory);
            return 1;
        }
        var octets = mails.Sum(m => (long)m.Length);
        var buffer = new byte[mails.Max(m => m.Length)];
        var writer = new ArrayBufferWriter<byte>(buffer.Length);
        var best = (Parse: double.MaxValue, Copy: double.MaxValue, Scan: double.MaxValue);
        long allocated = 0;
        long decoded = 0;
        for (var round = 0; round < Rounds; round++)
        {
            best.Copy = Math.Min(best.Copy, Measure(() => Copy(mails, buffer)));
            best.Scan = Math.Min(best.Scan, Measure(() => Scan(mails)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            best.Parse = Math.Min(best.Parse, Measure(() => decoded = Parse(mails, writer)));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Print($"messages {mails.Count}, {octets / 1048576.0:F1} MiB, decoded {decoded / 1048576.0:F1} MiB");
        Print($"parse and decode  {mails.Count / best.Parse,10:F0} messages/s   {octets / best.Parse / 1e6,8:F0} MB/s   {best.Parse / best.Copy:F1} times a copy");
        Print($"header scan       {mails.Count / best.Scan,10:F0} messages/s");
        Print($"copy              {mails.Count / best.Copy,10:F0} messages/s   {octets / best.Copy / 1e6,8:F0} MB/s");
        Print($"allocated         {allocated / mails.Count,10} octets/message");
        return 0;
    }

    // Processor time, not the clock: other work on the machine shall not count.
    private static double Measure(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return Math.Max(1e-6, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static void Copy(List<byte[]> mails, byte[] buffer)
    {
        foreach (var mail in mails) mail.CopyTo(buffer, 0);
    }

    private static void Scan(List<byte[]> mails)
    {
        foreach (var mail in mails)
        {
            var headers = HeaderScan.Read(mail);
            _ = headers["Message-ID"];
            _ = headers["Subject"];
        }
    }

    private static long Parse(List<byte[]> mails, ArrayBufferWriter<byte> writer)
    {
        long total = 0;
        foreach (var mail in mails)
        {
            var message = MimeMessage.Parse(mail);
            total += message.Subject?.Length ?? 0;
            total += message.From.Count + message.To.Count + message.Cc.Count + message.References.Count + message.InReplyTo.Count;
            total += message.Date?.Year ?? 0;
            total += message.MessageId?.Value.Length ?? 0;
            total += message.Text?.Length ?? 0;
            total += message.Html?.Length ?? 0;
            foreach (var part in message.Attachments)
            {
                writer.ResetWrittenCount();
                part.DecodeTo(writer);
                total += writer.WrittenCount + (part.FileName?.Length ?? 0);
            }
        }
        return total;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
