using System.Net;
using System.Net.Sockets;

namespace HelpdeskMail.Tests;

/// <summary>The rig's ports on 127.0.0.1: a base plus the well-known number (see rig.sh).</summary>
public sealed record RigPorts(int Base)
{
    public int Imap => Base + 143;
    public int Imaps => Base + 993;
    public int Pop3 => Base + 110;
    public int Pop3s => Base + 995;
    public int Submission => Base + 587;
    public int Submissions => Base + 465;

    /// <summary>Where mail from the outside world comes in: no login, any sender, any recipient.</summary>
    public int Smtp => Base + 25;

    public int Lmtp => Base + 24;
    public int OAuthIntrospection => Base + 90;

    /// <summary>Every mail port as <c>Mail:AllowedPorts</c> wants it.</summary>
    public string Allowed => string.Join(',', Imap, Imaps, Pop3, Pop3s, Submission, Submissions, Smtp);

    /// <summary>A base whose ports are all free now. Below 32768, where the kernel starts handing out ports by itself.</summary>
    public static RigPorts FindFree()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var ports = new RigPorts(Random.Shared.Next(10_000, 31_000));
            int[] used = [ports.Imap, ports.Imaps, ports.Pop3, ports.Pop3s, ports.Submission, ports.Submissions, ports.Smtp, ports.Lmtp, ports.OAuthIntrospection, ports.Base + 80];
            if (used.All(IsFree))
                return ports;
        }
        throw new InvalidOperationException("No base port with all rig ports free in 200 attempts.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
