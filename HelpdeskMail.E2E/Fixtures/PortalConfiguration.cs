using System.Text.Json;

namespace HelpdeskMail.E2E.Fixtures;

/// <summary>A configuration (API.md) for one mailbox of the rig that answers from the same address.</summary>
internal static class PortalConfiguration
{
    public const string Administrator = "ada@helpdesk.test";
    public const string Password = "a-Secret-of-Ada";

    public static string For(MailRig rig, RigUser mailbox) => JsonSerializer.Serialize(new
    {
        version = 1,
        outboundAccounts = new[]
        {
            new
            {
                name = "support-smtp", address = mailbox.Address, displayName = "Support", host = MailRig.Host, port = rig.Ports.Submissions, encryption = "tls",
                userName = mailbox.Address, password = mailbox.Password, pinnedCertificate = rig.CertificateSha256,
            },
        },
        departments = new[] { new { name = "Customer service", outboundAccount = "support-smtp", queues = new[] { new { name = "Support", color = "#1e88e5" }, new { name = "Returns", color = "#fb8c00" } } } },
        mailboxes = new[]
        {
            new
            {
                name = "support", protocol = "imap", address = mailbox.Address, host = MailRig.Host, port = rig.Ports.Imaps, encryption = "tls", userName = mailbox.Address,
                password = mailbox.Password, pinnedCertificate = rig.CertificateSha256, folder = "INBOX", afterFetch = "archive", archiveFolder = "Archive", queue = "Support",
                firstFetch = "all", replyVia = "support-smtp",
            },
        },
    });

    /// <summary>A portal that is set up, and its administrator logged in.</summary>
    public static async Task<(Portal Portal, Visitor Visitor)> OpenAsync(MailRig rig, RigUser mailbox, params int[] morePorts)
    {
        var portal = await Portal.StartAsync(string.Join(',', [rig.Ports.Allowed, .. morePorts]), For(rig, mailbox), Administrator, Password);
        var visitor = await Visitor.ComeAsync(portal);
        await visitor.LogInAsync(Administrator, Password);
        return (portal, visitor);
    }
}
