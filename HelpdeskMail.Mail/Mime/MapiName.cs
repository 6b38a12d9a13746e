namespace HelpdeskMail.Mail.Mime;

/// <summary>A MAPI property that is named by a set and a number (MS-OXCDATA §2.6.1).</summary>
internal readonly record struct MapiName(Guid Set, int Id)
{
    private static readonly Guid Appointment = new("00062002-0000-0000-C000-000000000046"); // PSETID_Appointment
    private static readonly Guid Meeting = new("6ED8DA90-450B-101B-98DA-00AA003F1305"); // PSETID_Meeting
    private static readonly Guid Common = new("00062008-0000-0000-C000-000000000046"); // PSETID_Common

    internal static MapiName Sequence { get; } = new(Appointment, 0x8201);
    internal static MapiName Location { get; } = new(Appointment, 0x8208);
    internal static MapiName Start { get; } = new(Appointment, 0x820D);
    internal static MapiName End { get; } = new(Appointment, 0x820E);
    internal static MapiName WholeDay { get; } = new(Appointment, 0x8215);
    internal static MapiName Recurrence { get; } = new(Appointment, 0x8216);
    internal static MapiName StateFlags { get; } = new(Appointment, 0x8217);
    internal static MapiName Recurs { get; } = new(Appointment, 0x8223);
    internal static MapiName ProposedStart { get; } = new(Appointment, 0x8250);
    internal static MapiName ProposedEnd { get; } = new(Appointment, 0x8251);
    internal static MapiName IsProposal { get; } = new(Appointment, 0x8257);
    internal static MapiName StartZone { get; } = new(Appointment, 0x825E);
    internal static MapiName RecurrenceZone { get; } = new(Appointment, 0x8260);
    internal static MapiName Where { get; } = new(Meeting, 0x0002);
    internal static MapiName GlobalObjectId { get; } = new(Meeting, 0x0003);
    internal static MapiName IsRecurring { get; } = new(Meeting, 0x0005);
    internal static MapiName CleanGlobalObjectId { get; } = new(Meeting, 0x0023);
    internal static MapiName CommonStart { get; } = new(Common, 0x8516);
    internal static MapiName CommonEnd { get; } = new(Common, 0x8517);
}
