using System.Buffers.Binary;

namespace HelpdeskMail.Mail.Mime;

/// <summary>What winmail.dat says of a meeting, as it stands there.</summary>
internal sealed class TnefMeeting
{
    internal string? MessageClass { get; set; }

    internal string? Subject { get; set; }

    /// <summary>In the sender's own time.</summary>
    internal DateTime? Start { get; set; }

    internal DateTime? End { get; set; }

    internal MapiProperties? Properties { get; set; }

    internal IReadOnlyList<MapiProperties> Recipients { get; set; } = [];

    /// <summary>Its class, in capitals; the old names of MS-OXTNEF §2.1.3.3.15 are told by the same words.</summary>
    internal string Class => (MessageClass ?? Properties?.Text(MapiProperties.MessageClass) ?? "").ToUpperInvariant();

    internal bool IsMeeting => Class.StartsWith("IPM.SCHEDULE.MEETING.", StringComparison.Ordinal) || Class.StartsWith("IPM.MICROSOFT SCHEDULE.", StringComparison.Ordinal) || Class is "IPM.APPOINTMENT"
        || Class.StartsWith("IPM.APPOINTMENT.", StringComparison.Ordinal);

    /// <summary>A DTR structure (MS-OXTNEF §2.1.3.3.2): year, month, day, hour, minute, second as words.</summary>
    internal static DateTime? LocalTime(ReadOnlySpan<byte> value)
    {
        if (value.Length < 12) return null;
        Span<int> n = stackalloc int[6];
        for (var i = 0; i < n.Length; i++) n[i] = BinaryPrimitives.ReadUInt16LittleEndian(value[(i * 2)..]);
        if (n[0] is < 1601 or > 4500 || n[1] is < 1 or > 12 || n[2] < 1 || n[2] > DateTime.DaysInMonth(n[0], n[1]) || n[3] > 23 || n[4] > 59 || n[5] > 59) return null;
        return new DateTime(n[0], n[1], n[2], n[3], n[4], n[5], DateTimeKind.Unspecified);
    }
}
