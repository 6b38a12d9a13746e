using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace HelpdeskMail.Tests.App.Cli;

/// <summary>The real executable, with nothing but its working directory and its environment.</summary>
public sealed class ExecutableTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-exe-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_FreshFolder_PrintsTheLink_AndEndsWhenToldTo()
    {
        using var portal = Executable.Start(folder.FullName, [], ("Urls", "http://127.0.0.1:0"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            string? line;
            while ((line = await portal.StandardOutput.ReadLineAsync(deadline.Token)) is not null && !line.Contains("/claim?token=", StringComparison.Ordinal))
            {
            }

            Assert.NotNull(line);
            var link = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
            using var client = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link, deadline.Token)).StatusCode);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "data", "helpdesk.db")));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.FullName, "data", "keys")));

            using var kill = Process.Start("kill", ["-TERM", $"{portal.Id}"]);
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(25));
            await portal.WaitForExitAsync(soon.Token);
            Assert.Equal(0, portal.ExitCode);
        }
        finally
        {
            if (!portal.HasExited) portal.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task WrongSettings_EndWithUsage_OneMessage_NoStackTrace()
    {
        var result = await Executable.RunAsync(folder.FullName, ["serve"], "", ("Database__Provider", "Oracle"), ("Jobs__Enabled", "perhaps"));
        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.Contains("Database:Provider", result.Error, StringComparison.Ordinal);
        Assert.Contains("Jobs:Enabled", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatabaseAway_Fails_OneMessage_NoStackTrace()
    {
        var result = await Executable.RunAsync(folder.FullName, ["serve"], "", ("Database__Provider", "PostgreSql"), ("ConnectionStrings__Helpdesk", "Host=127.0.0.1;Port=1;Database=helpdesk;Username=x;Password=y"));
        Assert.Equal(1, result.Code);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_NeedsNoSettings_AndNoDatabase()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.eml"), "From: a@b.test\r\nSubject: =?utf-8?q?gr=C3=BCn?=\r\n\r\nHi\r\n");
        var result = await Executable.RunAsync(folder.FullName, ["parse", "a.eml", "missing.eml"], "", ("Database__Provider", "Oracle"));
        var line = JsonNode.Parse(result.Out)!;
        Assert.Equal(("a.eml", 0, "grün"), ((string?)line["file"], (int)line["index"]!, (string?)line["subject"]));
        Assert.Equal(1, result.Code);
        Assert.Contains("missing.eml", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "data")));
    }

    [Theory]
    [InlineData("parse")]
    [InlineData("frobnicate")]
    [InlineData("user", "add", "a@b.test", "--role", "King")]
    [InlineData("token", "create", "x")]
    [InlineData("import", "x.eml")]
    public async Task WrongUsage_EndsWith2_AndSaysWhy(params string[] arguments)
    {
        var result = await Executable.RunAsync(folder.FullName, arguments);
        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task Deliver_NothingCanBeStored_EndsWith75()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "data"), "a file where the folder should be");
        var result = await Executable.RunAsync(folder.FullName, ["deliver"], "Subject: x\n\nx");
        Assert.Equal((75, ""), (result.Code, result.Out));
    }
}
