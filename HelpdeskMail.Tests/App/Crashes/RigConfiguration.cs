using System.Text.Json.Nodes;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>A configuration with mailboxes of the rig.</summary>
internal static class RigConfiguration
{
    public static JsonObject Of(MailRig rig, RigUser user, MailboxProtocol protocol, AfterFetch after) =>
        ConfigurationOf.With(Mailbox("support", rig, user, protocol, after, protocol == MailboxProtocol.Imap ? rig.Ports.Imaps : rig.Ports.Pop3s));

    /// <param name="port">Of the server, or of something in front of it.</param>
    public static JsonObject Mailbox(string name, MailRig rig, RigUser user, MailboxProtocol protocol, AfterFetch after, int port) => new()
    {
        ["name"] = name,
        ["protocol"] = protocol == MailboxProtocol.Imap ? "imap" : "pop3",
        ["address"] = user.Address,
        ["host"] = MailRig.Host,
        ["port"] = port,
        ["encryption"] = "tls",
        ["userName"] = user.Address,
        ["password"] = user.Password,
        ["pinnedCertificate"] = rig.CertificateSha256,
        ["queue"] = "Support",
        ["firstFetch"] = "all",
        ["afterFetch"] = after switch
        {
            AfterFetch.Delete => "delete",
            AfterFetch.MarkRead => "markRead",
            AfterFetch.Archive or _ => "archive",
        },
    };
}
