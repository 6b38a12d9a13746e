using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Agents;
using Xunit;

namespace HelpdeskMail.Tests.App;

/// <summary>An agent who works by mail alone, with real servers, driven by the jobs: customer → notification → agent's answer → customer → ticket.</summary>
public sealed class AgentCircleTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [RigFact]
    public async Task Agent_IsToldByMail_AnswersByMail_AndTheCustomersAnswerLandsInTheTicket()
    {
        var (support, alice, kim) = (rig.NewUser(), rig.NewUser(), rig.NewUser());
        await using var portal = await RunningPortal.StartAsync(("Jobs:Enabled", "true"));
        using var api = await portal.ApiAsync();
        await portal.ConfigureAsync(ConfigurationOf.Rig(rig, support));
        await Eventually.TrueAsync(async () => (await api.GetFromJsonAsync<JsonObject>("mailboxes/1"))!["status"]!["lastSuccessAt"] is not null, Soon, "the first fetch is over");
        var agent = (await portal.Get<UserAdministration>().SaveAsync(new UserDraft { Email = kim.Address, DisplayName = "Kim Agent", Password = "Secret-12345" })).Value!.Id;
        Assert.True((await portal.Get<AgentNotificationDesk>().SaveAsync(agent, new AgentNotification { Messages = true, Departments = [1] })).Ok);

        await rig.SendFromOutsideAsync(alice.Address, support.Address, $"From: Alice <{alice.Address}>\nTo: {support.Address}\nSubject: The lift is stuck\nMessage-ID: <lift@customer.test>\n\nPlease help.");
        var told = await rig.WaitForMailAsync(kim, mail => mail.Text.Contains("Please help.", StringComparison.Ordinal), deadline: Soon);
        Assert.Equal(("auto-generated", "<>"), (told.Header("Auto-Submitted"), told.Header("Return-Path")));

        var quoted = string.Join('\n', told.Text.ReplaceLineEndings("\n").Split("\n\n", 2)[1].Split('\n').Select(line => "> " + line));
        await rig.SendFromOutsideAsync(kim.Address, support.Address, $"""
            From: Kim at home <{kim.Address}>
            To: {support.Address}
            Subject: Re: {told.Header("Subject")}
            Message-ID: <answer@private.test>
            In-Reply-To: {told.Header("Message-ID")}
            References: {told.Header("References")} {told.Header("Message-ID")}

            A technician is on the way.

            On Sunday, 22 November 2026 at 10:11, Support wrote:
            {quoted}
            """);
        var answer = await rig.WaitForMailAsync(alice, mail => mail.Text.Contains("A technician", StringComparison.Ordinal), deadline: Soon);
        Assert.Equal(($"Support <{support.Address}>", "<lift@customer.test>"), (answer.Header("From"), answer.Header("In-Reply-To")));
        Assert.DoesNotContain(kim.Address, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("##-", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Please help.", answer.Text, StringComparison.Ordinal);

        await rig.SendFromOutsideAsync(alice.Address, support.Address, $"From: Alice <{alice.Address}>\nTo: {support.Address}\nSubject: AW: something else\nMessage-ID: <thanks@customer.test>\nIn-Reply-To: {answer.Header("Message-ID")}\n\nThank you!");
        await Eventually.TrueAsync(async () => (await api.GetFromJsonAsync<JsonObject>("tickets/1/messages"))!["items"]!.AsArray().Count == 3, Soon, "the customer's answer is in the ticket");
        var messages = (await api.GetFromJsonAsync<JsonObject>("tickets/1/messages"))!["items"]!.AsArray();
        Assert.Equal(["inbound", "outbound", "inbound"], messages.Select(message => (string?)message!["direction"]));
        Assert.Equal(("agentAnswer", "A technician is on the way."), ((string?)messages[1]!["decision"]!["reason"], ((string?)messages[1]!["text"])!.Trim()));
        Assert.Single(rig.Mails(alice)); // and nothing else came to her
    }
}
