using System.Buffers.Binary;

namespace HelpdeskMail.Mail.Dns;

/// <summary>A question with the bytes it goes out as.</summary>
/// <param name="Id">Unpredictable: with the random source port all that keeps forged answers out (RFC 5452).</param>
/// <param name="Name">Normalised.</param>
internal sealed record DnsQuestion(ushort Id, string Name, DnsRecordType Type)
{
    /// <summary>What fits through any network in one piece (the figure of the DNS flag day 2020).</summary>
    public const int UdpSize = 1232;

    private const ushort RecursionDesired = 0x0100;
    private const ushort Internet = 1;
    private const ushort Opt = 41;

    public byte[] ToBytes()
    {
        var bytes = new List<byte>(64);
        Add(bytes, Id, RecursionDesired, 1, 0, 0, 1);
        DnsName.Write(bytes, Name);
        Add(bytes, (ushort)Type, Internet);
        // RFC 6891 §6.1.2: how large an answer over UDP may be.
        bytes.Add(0);
        Add(bytes, Opt, UdpSize, 0, 0, 0);
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, params ReadOnlySpan<ushort> numbers)
    {
        Span<byte> two = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(two, number);
            bytes.AddRange(two);
        }
    }
}
