using System.Net.Sockets;
using Xunit;

namespace HelpdeskMail.Tests;

[Collection(ExclusiveRigCollection.Name)]
public sealed class DovecotRestartTests(MailRig rig)
{
    [RigFact]
    public async Task StoppedDovecot_RefusesConnections_AndComesBack()
    {
        try
        {
            await rig.StopDovecotAsync();
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", rig.Ports.Imap));
        }
        finally
        {
            await rig.StartDovecotAsync();
        }
        using var again = new TcpClient();
        await again.ConnectAsync("127.0.0.1", rig.Ports.Imap);
    }
}
