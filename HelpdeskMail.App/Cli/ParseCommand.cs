using System.CommandLine;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.App.Cli;

/// <summary><c>parse</c>: one JSON line a message. Needs no settings and no database, so it starts at once.</summary>
internal static class ParseCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Files; folders are searched through; - is standard input" };
    private static readonly Option<bool> IsMbox = new("--mbox") { Description = "The files are mboxes" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("parse", "Parse messages, one JSON line each") { Paths, IsMbox };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(Paths), arguments.GetValue(IsMbox), terminal));
        return command;
    }

    private static int Run(string[] paths, bool mbox, Terminal terminal)
    {
        var code = ExitCode.Done;
        using var output = new BufferedStream(terminal.Out, 1 << 16);
        foreach (var path in paths.SelectMany(Files))
        {
            byte[] bytes;
            try
            {
                bytes = path == "-" ? ReadAll(terminal.In) : File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                terminal.Error.WriteLine($"{path}: {e.Message}");
                code = ExitCode.Failed;
                continue;
            }

            var index = 0;
            foreach (var message in mbox ? Mbox.Split(bytes) : [bytes]) ParseLine.Write(output, MimeMessage.Parse(message), path, index++);
        }

        output.Flush();
        return code;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private static byte[] ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
