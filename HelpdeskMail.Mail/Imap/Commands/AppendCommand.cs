using System.Globalization;
using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.3.12; the new UID comes with UIDPLUS.</summary>
internal sealed class AppendCommand(string mailbox, ReadOnlyMemory<byte> message, IReadOnlyCollection<string> flags, DateTimeOffset? date) : ImapCommand
{
    public override string Name => "APPEND";

    public uint? Uid { get; private set; }

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Mailbox(mailbox).Space();
        if (flags.Count > 0)
            writer.Flags(flags).Space();
        if (date is { } at)
            writer.String(ImapDate.Format(at)).Space();
        writer.Literal(message);
    }

    public override void OnCode(string code)
    {
        if (code.Split(' ') is [var word, _, var uid] && word.Equals("APPENDUID", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            Uid = number;
    }
}
