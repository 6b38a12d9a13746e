using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HelpdeskMail.Tests.App;

/// <summary>Small configurations (API.md, "Configuration") for tests through the API.</summary>
internal static class ConfigurationOf
{
    /// <summary>A department, a queue, and a mailbox, without push, on a port of this machine where nobody listens.</summary>
    public static JsonObject DeadMailbox(string name = "support", int intervalMinutes = 10) => With(new JsonObject
    {
        ["name"] = name,
        ["protocol"] = "imap",
        ["address"] = "support@helpdesk.test",
        ["host"] = "127.0.0.1",
        ["port"] = 1,
        ["encryption"] = "none",
        ["userName"] = "support@helpdesk.test",
        ["password"] = "secret",
        ["queue"] = "Support",
        ["intervalMinutes"] = intervalMinutes,
        ["push"] = false,
    });

    /// <summary>Everything for the whole circle with the rig's servers.</summary>
    public static JsonObject Rig(MailRig rig, RigUser support) => With(
        new JsonObject
        {
            ["name"] = "support",
            ["protocol"] = "imap",
            ["address"] = support.Address,
            ["host"] = MailRig.Host,
            ["port"] = rig.Ports.Imaps,
            ["encryption"] = "tls",
            ["userName"] = support.Address,
            ["password"] = support.Password,
            ["pinnedCertificate"] = rig.CertificateSha256,
            ["queue"] = "Support",
            ["firstFetch"] = "all",
            ["replyVia"] = "smtp",
        },
        new JsonObject
        {
            ["name"] = "smtp",
            ["address"] = support.Address,
            ["displayName"] = "Support",
            ["host"] = MailRig.Host,
            ["port"] = rig.Ports.Submission,
            ["encryption"] = "startTls",
            ["userName"] = support.Address,
            ["password"] = support.Password,
            ["pinnedCertificate"] = rig.CertificateSha256,
        });

    public static JsonObject With(JsonObject? mailbox, JsonObject? account = null) => new()
    {
        ["version"] = 1,
        ["outboundAccounts"] = new JsonArray(account is null ? [] : [account]),
        ["departments"] = new JsonArray(new JsonObject { ["name"] = "Support", ["queues"] = new JsonArray(new JsonObject { ["name"] = "Support", ["color"] = "#1e88e5" }) }),
        ["mailboxes"] = new JsonArray(mailbox is null ? [] : [mailbox]),
    };

    public static async Task ConfigureAsync(this RunningPortal portal, JsonObject configuration)
    {
        using var api = await portal.ApiAsync();
        using var answer = await api.PutAsJsonAsync("config", configuration);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
