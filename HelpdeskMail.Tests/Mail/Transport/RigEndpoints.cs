using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Tests.Mail.Transport;

/// <summary>The rig's servers as endpoints, with its self-signed certificate pinned.</summary>
internal static class RigEndpoints
{
    public static MailEndpoint Imap(this MailRig rig, ConnectionSecurity security) =>
        new(MailRig.Host, security == ConnectionSecurity.Tls ? rig.Ports.Imaps : rig.Ports.Imap, security) { PinnedCertificate = rig.CertificateSha256 };

    public static MailEndpoint Pop3(this MailRig rig, ConnectionSecurity security) =>
        new(MailRig.Host, security == ConnectionSecurity.Tls ? rig.Ports.Pop3s : rig.Ports.Pop3, security) { PinnedCertificate = rig.CertificateSha256 };

    public static MailEndpoint Submission(this MailRig rig, ConnectionSecurity security) =>
        new(MailRig.Host, security == ConnectionSecurity.Tls ? rig.Ports.Submissions : rig.Ports.Submission, security) { PinnedCertificate = rig.CertificateSha256 };

    public static MailCredentials Credentials(this RigUser user) => new MailCredentials.Password(user.Address, user.Password);
}
