using System.CommandLine;
using System.Text.Json;
using HelpdeskMail.App.Api;
using HelpdeskMail.Core.Configuration;

namespace HelpdeskMail.App.Cli;

/// <summary><c>config export</c> and <c>config import</c>: the configuration as a file.</summary>
internal static class ConfigCommand
{
    private static readonly JsonSerializerOptions Indented = new(HelpdeskJson.Options) { WriteIndented = true };
    private static readonly Argument<string> Target = new("FILE") { Description = "Where to write it; - is standard output" };
    private static readonly Argument<string> Source = new("FILE") { Description = "Where to read it; - is standard input" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only print the differences" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var export = new Command("export", "Write the configuration as JSON, without secrets") { Target };
        run(export, ExportAsync);
        var import = new Command("import", "Bring the configuration to what a file says, all or nothing") { Source, DryRun };
        run(import, ImportAsync);
        return new Command("config", "Export and import the configuration") { export, import };
    }

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken cancel)
    {
        var text = (await context.Get<ConfigurationExporter>().ExportAsync(cancel)).ToJsonString(Indented);
        if (context.Arguments.GetRequiredValue(Target) is var path && path == "-") context.Terminal.Line(text);
        else await File.WriteAllTextAsync(path, text + "\n", cancel);
        return ExitCode.Done;
    }

    private static async Task<int> ImportAsync(CommandContext context, CancellationToken cancel)
    {
        var path = context.Arguments.GetRequiredValue(Source);
        using var json = new MemoryStream();
        await using (var file = path == "-" ? context.Terminal.In : File.OpenRead(path)) await file.CopyToAsync(json, cancel);
        var dryRun = context.Arguments.GetValue(DryRun);
        var outcome = await context.Get<ConfigurationImporter>().ImportAsync(json.ToArray(), dryRun, cancel);
        if (!outcome.Ok)
        {
            context.Terminal.Faults(outcome.Errors);
            return ExitCode.Failed;
        }

        context.Terminal.Json(new { dryRun, changes = outcome.Value });
        return ExitCode.Done;
    }
}
