using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Cli;

/// <summary>Every command, in this process, beside a portal on the same data.</summary>
public sealed class CommandTests
{
    private static string Mail(string id) => $"From: Alice <alice@customer.test>\r\nTo: support@helpdesk.test\r\nSubject: Mail {id}\r\nMessage-ID: <{id}@customer.test>\r\n\r\nHello {id}\r\n";

    [Fact]
    public async Task UserAdd_NothingOnStandardInput_PrintsAGeneratedPasswordAlone()
    {
        await using var portal = await RunningPortal.StartAsync();
        var result = await portal.RunAsync(["user", "add", "ann@helpdesk.test", "--role", "Administrator"]);
        Assert.Equal(0, result.Code);
        using var browser = new Browser(portal.Url);
        Assert.Equal(System.Net.HttpStatusCode.Found, (await browser.LogInAsync("ann@helpdesk.test", result.Out.TrimEnd('\n'))).Status);

        var again = await portal.RunAsync(["user", "add", "ann@helpdesk.test", "--role", "Agent"]);
        Assert.Equal((1, ""), (again.Code, again.Out));
        Assert.Contains("ann@helpdesk.test", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenCreate_PrintsTheTokenAlone_AndItWorks()
    {
        await using var portal = await RunningPortal.StartAsync();
        var result = await portal.RunAsync(["token", "create", "ci", "--role", "Agent"]);
        Assert.Equal(0, result.Code);
        var token = await portal.Get<ApiTokens>().FindAsync(result.Out.TrimEnd('\n'));
        Assert.Equal(("ci", Roles.Agent), (token?.Name, token?.Role));
    }

    [Fact]
    public async Task ConfigExport_ImportedAgain_ChangesNothing()
    {
        await using var portal = await StartAsync();
        var exported = await portal.RunAsync(["config", "export", "-"]);
        Assert.Equal(0, exported.Code);
        Assert.DoesNotContain("secret", exported.Out, StringComparison.Ordinal);

        var imported = await portal.RunAsync(["config", "import", "-", "--dry-run"], exported.Out);
        Assert.Equal(0, imported.Code);
        var answer = JsonNode.Parse(imported.Out)!;
        Assert.Equal((true, 0), ((bool)answer["dryRun"]!, answer["changes"]!.AsArray().Count));
    }

    [Fact]
    public async Task ConfigImport_UnknownField_NamesItAndChangesNothing()
    {
        await using var portal = await RunningPortal.StartAsync();
        var result = await portal.RunAsync(["config", "import", "-"], """{ "version": 1, "departments": [ { "name": "Support", "colour": "red" } ] }""");
        Assert.Equal((1, ""), (result.Code, result.Out));
        Assert.Contains("colour", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_RawMail_BecomesTicket()
    {
        await using var portal = await StartAsync();
        var result = await portal.RunAsync(["deliver", "--mailbox", "support"], Mail("one"));
        Assert.Equal(0, result.Code);
        Assert.True((long)JsonNode.Parse(result.Out)!["id"]! > 0);
        Assert.Equal("Mail one", Assert.Single((await portal.Get<TicketQueries>().ListAsync(new TicketFilter())).Items).Subject);
    }

    [Theory]
    [InlineData("support", "", 1)]
    [InlineData("nowhere", "Subject: x\n\nx", 75)]
    public async Task Deliver_WhatCanNotBeTaken_EndsAsAnMtaUnderstands(string mailbox, string mail, int code)
    {
        await using var portal = await StartAsync();
        Assert.Equal(code, (await portal.RunAsync(["deliver", "--mailbox", mailbox], mail)).Code);
    }

    [Fact]
    public async Task Explain_Mail_PrintsDecisionAndWritesNothing()
    {
        await using var portal = await StartAsync();
        var result = await portal.RunAsync(["explain", "-", "--mailbox", "support"], Mail("one"));
        Assert.Equal(0, result.Code);
        Assert.Equal("createTicket", (string?)JsonNode.Parse(result.Out)!["decision"]!["kind"]);
        Assert.Equal(0, (await portal.Get<TicketQueries>().ListAsync(new TicketFilter())).Total);
    }

    [Fact]
    public async Task Import_MboxMaildirAndFolder_AllBecomeTickets()
    {
        await using var portal = await StartAsync();
        var folder = Directory.CreateTempSubdirectory("helpdesk-import-");
        try
        {
            var mbox = Path.Combine(folder.FullName, "archive");
            await File.WriteAllTextAsync(mbox, $"From alice@customer.test Wed May 17 19:35:05 2000\n{Mail("m1")}\nFrom alice@customer.test Wed May 17 19:36:05 2000\n{Mail("m2")}\n", Encoding.Latin1);
            var maildir = folder.CreateSubdirectory("maildir");
            foreach (var part in new[] { "cur", "new", "tmp" }) maildir.CreateSubdirectory(part);
            await File.WriteAllTextAsync(Path.Combine(maildir.FullName, "cur", "1.x:2,S"), Mail("d1"));
            await File.WriteAllTextAsync(Path.Combine(maildir.FullName, "new", "2.x"), Mail("d2"));
            var plain = folder.CreateSubdirectory("plain").CreateSubdirectory("deeper");
            await File.WriteAllTextAsync(Path.Combine(plain.FullName, "a.EML"), Mail("e1"));
            await File.WriteAllTextAsync(Path.Combine(plain.FullName, "notes.txt"), "no mail");

            var result = await portal.RunAsync(["import", mbox, maildir.FullName, Path.Combine(folder.FullName, "plain"), "--mailbox", "support", "--no-notices"]);

            Assert.Equal(0, result.Code);
            var line = JsonNode.Parse(result.Out)!;
            Assert.Equal(("support", 5, 5, 0), ((string?)line["mailbox"], (int)line["read"]!, (int)line["decided"]!, (int)line["quarantined"]!));
            Assert.Equal(["Mail d1", "Mail d2", "Mail e1", "Mail m1", "Mail m2"], (await portal.Get<TicketQueries>().ListAsync(new TicketFilter())).Items.Select(row => row.Subject).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Import_UnknownMailboxOrMissingFile_Fails()
    {
        await using var portal = await StartAsync();
        var missing = await portal.RunAsync(["import", "/nowhere/at/all", "--mailbox", "support"]);
        Assert.Equal(1, missing.Code);
        Assert.Contains("/nowhere/at/all", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NoSuchMailbox_Fails()
    {
        await using var portal = await StartAsync();
        var result = await portal.RunAsync(["fetch", "--mailbox", "nowhere"]);
        Assert.Equal((1, ""), (result.Code, result.Out));
    }

    private static async Task<RunningPortal> StartAsync()
    {
        var portal = await RunningPortal.StartAsync();
        await portal.ConfigureAsync(ConfigurationOf.DeadMailbox());
        return portal;
    }
}
