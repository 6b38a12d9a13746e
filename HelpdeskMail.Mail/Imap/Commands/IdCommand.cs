using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 2971. Some providers (163.com, Yandex) refuse SELECT to a client that hasn't said who it is.</summary>
internal sealed class IdCommand(IReadOnlyDictionary<string, string> ours) : ImapCommand
{
    public override string Name => "ID";

    public Dictionary<string, string> Theirs { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space();
        if (ours.Count == 0)
        {
            writer.Keyword("NIL");
            return;
        }

        writer.Keyword("(");
        var first = true;
        foreach (var (field, value) in ours)
        {
            if (!first)
                writer.Space();
            first = false;
            writer.String(field).Space().String(value);
        }

        writer.Keyword(")");
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "ID")
            return false;
        parser.ExpectSpace();
        if (!parser.TryRead('('))
            return true;
        while (!parser.TryRead(')'))
        {
            var field = parser.ReadNString();
            parser.SkipSpaces();
            var value = parser.ReadNString();
            parser.SkipSpaces();
            if (field is not null && value is not null)
                Theirs[field] = value;
        }

        return true;
    }
}
