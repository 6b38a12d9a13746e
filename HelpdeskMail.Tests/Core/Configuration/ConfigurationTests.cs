using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Configuration;

public sealed class ConfigurationTests
{
    private const string Full = """
        { "version": 1,
          "settings": { "mail.gateway.loop.minutes": 60, "mail.gateway.loop.threshold": 20, "mail.catchall.domain.allowed": "helpdesk.test", "outbound.global": "support-smtp" },
          "outboundAccounts": [ { "name": "support-smtp", "address": "support@helpdesk.test", "displayName": "Support", "host": "localhost", "port": 1587,
              "encryption": "startTls", "userName": "support@helpdesk.test", "password": "pw-out" } ],
          "departments": [ { "name": "Support", "outboundAccount": "support-smtp",
              "queues": [ { "name": "Support", "color": "#1e88e5", "closedTicketPolicy": "newLinked", "systemAddress": "support@helpdesk.test" } ], "aliasDomain": "helpdesk.test" } ],
          "mailboxes": [ { "name": "support", "description": "", "protocol": "imap", "address": "support@helpdesk.test", "host": "localhost", "port": 1993,
              "encryption": "tls", "userName": "support@helpdesk.test", "password": "pw-in", "pinnedCertificate": "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF", "folder": "INBOX",
              "afterFetch": "archive", "archiveFolder": "Archive", "queue": "Support", "dispatch": "queue", "trusted": false, "repliesOnly": false,
              "holdAsContactRequests": false, "authServers": "mx.helpdesk.test", "agentsNeedPass": true, "replyTo": "use", "firstFetch": "unread:100", "notices": true, "firstFetchNotices": true, "replyVia": "support-smtp", "intervalMinutes": 10, "push": true,
              "validity": "valid", "comment": "" } ],
          "aliasDomains": [ { "domain": "helpdesk.test", "catchall": "catchall", "bounce": "bounce", "companyAddress": "info@helpdesk.test", "default": true } ],
          "aliases": [ { "localPart": "info", "domain": "helpdesk.test", "queue": "Support", "localPartDetection": false, "whoMayWrite": "everyone", "refusal": null } ],
          "systemAddresses": [ { "address": "support@helpdesk.test", "displayName": "Support", "queue": "Support", "validity": "valid", "comment": "" } ],
          "filters": [ { "name": "invoices", "order": 0, "stop": true, "match": "all",
              "conditions": [ { "field": "Subject", "operator": "contains", "negate": false, "value": "invoice" } ],
              "actions": [ { "set": "queue", "value": "Support" }, { "set": "priority", "value": "high" } ] } ] }
        """;

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_OnAnEmptyHelpdesk_MakesEverything_AndExportsItWithoutSecrets(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);

        var differences = SampleSetup.Saved(await ImportAsync(helpdesk, Full));

        Assert.Contains("mailboxes \"support\": new", differences);
        Assert.Contains("settings mail.gateway.loop.minutes: 120 → 60", differences);
        await using var db = helpdesk.Db();
        Assert.Equal("pw-in", helpdesk.Get<SecretProtector>().Unprotect((await db.Mailboxes.SingleAsync()).ProtectedPassword));
        Assert.Equal("pw-out", helpdesk.Get<SecretProtector>().Unprotect((await db.OutboundAccounts.SingleAsync()).ProtectedPassword));

        var exported = await ExportAsync(helpdesk);
        Assert.DoesNotContain("pw-", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("assword", exported, StringComparison.Ordinal);
        var said = JsonNode.Parse(Full)!;
        Assert.All((string[])["aliasDomains", "aliases", "systemAddresses", "filters"], section => Assert.Equal(said[section]!.ToJsonString(), JsonNode.Parse(exported)![section]!.ToJsonString()));
        Assert.Equal("support@helpdesk.test", (string?)JsonNode.Parse(exported)!["departments"]![0]!["queues"]![0]!["systemAddress"]);
        Assert.All(JsonNode.Parse(exported)!["mailboxes"]![0]!.AsObject(), field =>
            Assert.Equal(said["mailboxes"]![0]![field.Key]?.ToJsonString().ToLowerInvariant(), field.Value?.ToJsonString().ToLowerInvariant()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_OfAnExport_ChangesNothing_AlsoOnAnotherHelpdesk(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await using var other = await TestHelpdesk.StartAsync();
        SampleSetup.Saved(await ImportAsync(helpdesk, Full));
        var exported = await ExportAsync(helpdesk);

        Assert.Empty(SampleSetup.Saved(await ImportAsync(helpdesk, exported)));
        Assert.NotEmpty(SampleSetup.Saved(await ImportAsync(other, exported)));
        Assert.Equal(exported, await ExportAsync(other));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_WhatIsNotMentioned_Stays(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        SampleSetup.Saved(await ImportAsync(helpdesk, Full));
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync("Sales"), "Offers");

        var differences = SampleSetup.Saved(await ImportAsync(helpdesk, """
            { "mailboxes": [ { "name": "SUPPORT", "queue": "Offers", "replyVia": null, "password": "pw-new" } ] }
            """));

        Assert.Equal(
            ["""mailboxes "SUPPORT" name: "support" → "SUPPORT" """.Trim(), """mailboxes "SUPPORT" queue: "Support" → "Offers" """.Trim(), """mailboxes "SUPPORT" replyVia: "support-smtp" → null""", """mailboxes "SUPPORT" password: changed"""],
            differences);
        await using var db = helpdesk.Db();
        var mailbox = await db.Mailboxes.SingleAsync();
        Assert.Equal((queue, 1993, "pw-new"), (mailbox.QueueId, mailbox.Port, helpdesk.Get<SecretProtector>().Unprotect(mailbox.ProtectedPassword)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task DryRun_TellsTheDifferencesAndChangesNothing(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var before = await ExportAsync(helpdesk);

        var differences = SampleSetup.Saved(await ImportAsync(helpdesk, Full, dryRun: true));

        Assert.Contains("departments \"Support\" queues \"Support\": new", differences);
        Assert.Equal(before, await ExportAsync(helpdesk));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_FaultsAnywhere_AreAllNamedByPath_AndNothingIsSaved(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var before = await ExportAsync(helpdesk);

        var outcome = await ImportAsync(helpdesk, """
            { "version": 2, "settings": { "mail.gateway.loop.minutes": "often", "outbound.global": "nobody" }, "colour": "red",
              "outboundAccounts": [ { "name": "good", "address": "a@helpdesk.test", "host": "localhost", "port": 25, "encryption": "none" },
                                    { "name": "bad", "address": "a@helpdesk.test", "host": "localhost", "port": "25", "encryption": "ssl" } ],
              "departments": [ { "name": "Support", "outboundAccount": "nobody", "queues": [ { "name": "One", "color": "red" }, { "name": "one" } ] } ],
              "mailboxes": [ { "name": "m", "address": "a@helpdesk.test", "host": "localhost", "port": 993, "queue": "One", "replyVia": "nobody", "interval": 5 }, 7 ],
              "aliases": [ { "localPart": "info" } ] }
            """);

        Assert.Equal(
            [
                "aliases[0].domain", "aliases[0].queue", "colour", "departments[0].outboundAccount", "departments[0].queues[0].color", "departments[0].queues[1].name", "mailboxes[0].interval",
                "mailboxes[0].replyVia", "mailboxes[1]", "outboundAccounts[1].encryption", "outboundAccounts[1].port", "settings.mail.gateway.loop.minutes", "settings.outbound.global", "version",
            ],
            outcome.Errors.Keys.Where(key => !key.StartsWith("mailboxes[1].", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(before, await ExportAsync(helpdesk));
    }

    [Theory]
    [InlineData("{ \"version\": 1, ")]
    [InlineData("{ \"version\": 1, \"version\": 1 }")]
    [InlineData("[]")]
    [InlineData("{ \"mailboxes\": {} }")]
    [InlineData("")]
    public async Task Import_NotAConfiguration_IsAFault(string json)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        Assert.False((await ImportAsync(helpdesk, json)).Ok);
    }

    [Fact]
    public async Task Import_WithByteOrderMark_IsRead()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        Assert.True((await ImportAsync(helpdesk, "\uFEFF" + Full)).Ok);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_QueueUnderAnotherDepartment_MovesIt(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync("Sales"), "Offers");

        var differences = SampleSetup.Saved(await ImportAsync(helpdesk, """{ "departments": [ { "name": "Support", "queues": [ { "name": "Offers" } ] } ] }"""));

        Assert.Contains("departments \"Sales\" queues \"Offers\": moved away", differences);
        var row = (await helpdesk.Get<DepartmentDirectory>().ListAsync()).Single(department => department.Name == "Support");
        Assert.Equal(queue, Assert.Single(row.Queues).Id);
    }

    [Fact]
    public async Task Import_OtherHostWithTheSavedPassword_AsksForItAgain()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        SampleSetup.Saved(await ImportAsync(helpdesk, Full));

        var outcome = await ImportAsync(helpdesk, """{ "mailboxes": [ { "name": "support", "host": "elsewhere.test" } ] }""");

        Assert.Equal("mailboxes[0].password", Assert.Single(outcome.Errors.Keys));
    }

    private static Task<Outcome<IReadOnlyList<string>>> ImportAsync(TestHelpdesk helpdesk, string json, bool dryRun = false) =>
        helpdesk.Get<ConfigurationImporter>().ImportAsync(Encoding.UTF8.GetBytes(json), dryRun);

    private static async Task<string> ExportAsync(TestHelpdesk helpdesk) => (await helpdesk.Get<ConfigurationExporter>().ExportAsync()).ToJsonString();
}
