using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Tests.Core;

/// <summary>A <see cref="FlowDesk"/> whose mailbox is one of the rig.</summary>
internal static class RigDesk
{
    public static async Task<FlowDesk> StartAsync(MailRig rig, RigUser user, DatabaseProvider provider = DatabaseProvider.Sqlite, Action<Mailbox>? change = null)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db => Point(desk, await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox), rig, user, change));
        return desk;
    }

    public static void Point(FlowDesk desk, Mailbox mailbox, MailRig rig, RigUser user, Action<Mailbox>? change = null)
    {
        (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate) = (MailRig.Host, rig.Ports.Imaps, Encryption.Tls, rig.CertificateSha256);
        (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, desk.Get<SecretProtector>().Protect(user.Password));
        change?.Invoke(mailbox);
    }
}
