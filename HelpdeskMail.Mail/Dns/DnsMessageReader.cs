using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace HelpdeskMail.Mail.Dns;

/// <summary>Reads the answer to a question (RFC 1035 §4). Null for whatever isn't one: another id, another question, or nonsense.</summary>
internal static class DnsMessageReader
{
    private const int HeaderLength = 12;
    private const int MostRecords = 256;
    private const int LongestAliasChain = 8;
    private const ushort Internet = 1;

    public static (DnsAnswer Answer, bool Truncated)? TryRead(ReadOnlySpan<byte> message, DnsQuestion question)
    {
        if (message.Length < HeaderLength || Number(message, 0) != question.Id) return null;
        var flags = Number(message, 2);
        var isResponse = (flags & 0x8000) != 0 && (flags & 0x7800) == 0;
        if (!isResponse || Number(message, 4) != 1) return null;

        // RFC 5452 §9.1: the question must be ours, or it is an answer to somebody else's.
        var at = HeaderLength;
        if (!DnsName.TryRead(message, ref at, out var asked) || asked != question.Name || at + 4 > message.Length) return null;
        if (Number(message, at) != (ushort)question.Type || Number(message, at + 2) != Internet) return null;
        at += 4;

        var status = (flags & 0x000F) switch { 0 => DnsStatus.Ok, 3 => DnsStatus.NoSuchName, _ => DnsStatus.ServerFailure };
        var truncated = (flags & 0x0200) != 0;
        if (status != DnsStatus.Ok || truncated) return (DnsAnswer.Failed(status), truncated);
        return TryReadRecords(message, at, Math.Min(Number(message, 6), (ushort)MostRecords)) is { } all ? (new DnsAnswer(status, Relevant(all, question)), false) : null;
    }

    private static List<DnsRecord>? TryReadRecords(ReadOnlySpan<byte> message, int at, int count)
    {
        var records = new List<DnsRecord>(count);
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(message, ref at, out var name) || at + 10 > message.Length) return null;
            var (type, kind) = ((DnsRecordType)Number(message, at), Number(message, at + 2));
            var life = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]) & int.MaxValue);
            var length = Number(message, at + 8);
            at += 10;
            if (at + length > message.Length) return null;
            if (kind == Internet)
            {
                if (TryReadData(message, at, length, type, name, life, out var malformed) is { } record) records.Add(record);
                else if (malformed) return null;
            }

            at += length;
        }

        return records;
    }

    /// <summary>Null: a kind we don't know, or malformed.</summary>
    private static DnsRecord? TryReadData(ReadOnlySpan<byte> message, int at, int length, DnsRecordType type, string name, TimeSpan life, out bool malformed)
    {
        malformed = false;
        var data = message.Slice(at, length);
        switch (type)
        {
            case DnsRecordType.A when length == 4:
            case DnsRecordType.Aaaa when length == 16:
                return new DnsRecord.Address(name, life, new IPAddress(data));
            case DnsRecordType.CName when DnsName.TryRead(message, ref at, out var target):
                return new DnsRecord.CName(name, life, target);
            case DnsRecordType.Mx when length > 2:
                at += 2;
                if (DnsName.TryRead(message, ref at, out var exchange)) return new DnsRecord.Mx(name, life, Number(data, 0), exchange);
                break;
            case DnsRecordType.Srv when length > 6:
                at += 6;
                if (DnsName.TryRead(message, ref at, out var host)) return new DnsRecord.Srv(name, life, Number(data, 0), Number(data, 2), Number(data, 4), host);
                break;
            case DnsRecordType.Txt:
                if (TryReadText(data) is { } text) return new DnsRecord.Txt(name, life, text);
                break;
            default:
                malformed = type is DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.CName or DnsRecordType.Mx or DnsRecordType.Srv;
                return null;
        }

        malformed = true;
        return null;
    }

    private static string? TryReadText(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(data.Length);
        while (data.Length > 0)
        {
            var length = data[0];
            if (length >= data.Length) return null;
            text.Append(Encoding.Latin1.GetString(data.Slice(1, length)));
            data = data[(1 + length)..];
        }

        return text.ToString();
    }

    /// <summary>Follows the aliases from the name that was asked for; whatever else the answer holds nobody asked for.</summary>
    private static List<DnsRecord> Relevant(List<DnsRecord> records, DnsQuestion question)
    {
        var name = question.Name;
        for (var step = 0; step < LongestAliasChain && records.OfType<DnsRecord.CName>().FirstOrDefault(alias => alias.Name == name) is { } alias; step++) name = alias.Target;
        return records.FindAll(record => record.Name == name && TypeOf(record, question.Type) == question.Type);
    }

    private static DnsRecordType TypeOf(DnsRecord record, DnsRecordType asked) => record switch
    {
        DnsRecord.Address address => address.Value.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa,
        DnsRecord.CName => DnsRecordType.CName,
        DnsRecord.Mx => DnsRecordType.Mx,
        DnsRecord.Srv => DnsRecordType.Srv,
        DnsRecord.Txt => DnsRecordType.Txt,
        _ => asked,
    };

    private static ushort Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
