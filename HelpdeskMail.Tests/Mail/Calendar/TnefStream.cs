using System.Text;

namespace HelpdeskMail.Tests.Mail.Calendar;

/// <summary>Writes winmail.dat: attributes, and lists of MAPI properties by tag or by set and number (MS-OXTNEF §2.1).</summary>
internal sealed class TnefStream
{
    internal const string Appointment = "00062002-0000-0000-C000-000000000046";
    internal const string Meeting = "6ED8DA90-450B-101B-98DA-00AA003F1305";

    private readonly List<byte> _bytes = [0x78, 0x9F, 0x3E, 0x22, 1, 0];

    internal byte[] ToArray() => _bytes.ToArray();

    internal TnefStream Attribute(uint id, byte[] value, byte level = 1)
    {
        _bytes.Add(level);
        _bytes.AddRange([.. BitConverter.GetBytes(id), .. BitConverter.GetBytes(value.Length), .. value, .. BitConverter.GetBytes((ushort)value.Sum(b => b))]);
        return this;
    }

    internal TnefStream Class(string name) => Attribute(0x00078008, Encoding.ASCII.GetBytes(name + "\0"));

    internal TnefStream Properties(params (object Name, object Value)[] list) => Attribute(0x00069003, List(list));

    internal TnefStream Recipients(params (object Name, object Value)[][] rows) => Attribute(0x00069004, [.. BitConverter.GetBytes(rows.Length), .. rows.SelectMany(List)]);

    /// <summary>MS-OXOCAL §2.2.1.41, as far as it names the zone.</summary>
    internal static byte[] Zone(string name) => [2, 1, .. BitConverter.GetBytes((ushort)(6 + name.Length * 2)), 2, 0, .. BitConverter.GetBytes((ushort)name.Length), .. Encoding.Unicode.GetBytes(name), 0, 0];

    private static byte[] List((object Name, object Value)[] list)
    {
        var bytes = new List<byte>(BitConverter.GetBytes(list.Length));
        foreach (var (name, value) in list)
        {
            var (type, octets, counted) = Of(value);
            bytes.AddRange(BitConverter.GetBytes(type));
            if (name is (string set, int id)) bytes.AddRange([.. BitConverter.GetBytes((ushort)0x8001), .. new Guid(set).ToByteArray(), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(id)]);
            else bytes.AddRange(BitConverter.GetBytes((ushort)(int)name));
            if (counted) bytes.AddRange([.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(octets.Length)]);
            bytes.AddRange([.. octets, .. new byte[-octets.Length & 3]]);
        }
        return [.. bytes];
    }

    private static (ushort Type, byte[] Octets, bool Counted) Of(object value) => value switch
    {
        int n => (3, BitConverter.GetBytes(n), false),
        bool b => (0x0B, BitConverter.GetBytes(b ? 1 : 0), false),
        DateTime t => (0x40, BitConverter.GetBytes(t.ToFileTimeUtc()), false),
        string s => (0x1F, Encoding.Unicode.GetBytes(s + "\0"), true),
        byte[] b => (0x102, b, true),
        _ => throw new ArgumentException("no such type", nameof(value)),
    };
}
