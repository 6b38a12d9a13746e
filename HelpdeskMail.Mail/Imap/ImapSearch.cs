using System.Globalization;
using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap;

/// <summary>What to search for (RFC 9051 §6.4.4), combined with <see cref="And"/>, <see cref="Or"/> and <see cref="Not"/>.</summary>
public abstract record ImapSearch
{
    private ImapSearch()
    {
    }

    public static ImapSearch All { get; } = new Key("ALL");
    public static ImapSearch Seen { get; } = new Key("SEEN");
    public static ImapSearch Unseen { get; } = new Key("UNSEEN");
    public static ImapSearch Deleted { get; } = new Key("DELETED");
    public static ImapSearch NotDeleted { get; } = new Key("UNDELETED");
    public static ImapSearch Answered { get; } = new Key("ANSWERED");

    /// <summary>Arrived on that day or later, by the server's clock and zone: days are all IMAP knows.</summary>
    public static ImapSearch Since(DateOnly day) => new Day("SINCE", day);

    public static ImapSearch Before(DateOnly day) => new Day("BEFORE", day);

    public static ImapSearch Uids(UidSet uids) => new UidKey(uids);

    /// <summary>Unlike the protocol's own "n:*" this never names a message below <paramref name="first"/>: the client filters it out.</summary>
    public static ImapSearch UidFrom(uint first) => new UidKey(UidSet.Range(first));

    public static ImapSearch Header(string name, string contains) => new HeaderKey(name, contains);

    public static ImapSearch Subject(string contains) => new Text("SUBJECT", contains);

    public static ImapSearch From(string contains) => new Text("FROM", contains);

    public static ImapSearch Keyword(string flag) => new FlagKey("KEYWORD", flag);

    /// <summary>CONDSTORE: changed at or after this modification number.</summary>
    public static ImapSearch ModSeq(ulong atLeast) => new NumberKey("MODSEQ", atLeast);

    public static ImapSearch Larger(ulong bytes) => new NumberKey("LARGER", bytes);

    public static ImapSearch operator &(ImapSearch left, ImapSearch right) => new Both(left, right);

    public static ImapSearch operator |(ImapSearch left, ImapSearch right) => new Either(left, right);

    public static ImapSearch operator !(ImapSearch search) => new Negation(search);

    public static ImapSearch And(ImapSearch left, ImapSearch right) => left & right;

    public static ImapSearch Or(ImapSearch left, ImapSearch right) => left | right;

    public static ImapSearch Not(ImapSearch search) => !search;

    public static ImapSearch BitwiseAnd(ImapSearch left, ImapSearch right) => left & right;

    public static ImapSearch BitwiseOr(ImapSearch left, ImapSearch right) => left | right;

    public static ImapSearch LogicalNot(ImapSearch search) => !search;

    internal abstract void Write(ImapCommandWriter writer);

    /// <summary>Searching for anything beyond ASCII needs CHARSET UTF-8.</summary>
    internal virtual bool NeedsUtf8 => false;

    /// <summary>False for a UID the "n:*" quirk brought in.</summary>
    internal virtual bool MayMatch(uint uid) => true;

    private sealed record Key(string Word) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword(Word);
    }

    private sealed record Day(string Word, DateOnly Date) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) =>
            writer.Keyword(Word).Space().Keyword(Date.ToString("d-MMM-yyyy", CultureInfo.InvariantCulture));
    }

    private sealed record UidKey(UidSet Set) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword("UID").Space().Uids(Set);

        internal override bool MayMatch(uint uid) => Set.Contains(uid);
    }

    private sealed record Text(string Word, string Value) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword(Word).Space().String(Value);

        internal override bool NeedsUtf8 => !System.Text.Ascii.IsValid(Value);
    }

    private sealed record HeaderKey(string Name, string Value) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword("HEADER").Space().String(Name).Space().String(Value);

        internal override bool NeedsUtf8 => !System.Text.Ascii.IsValid(Value);
    }

    private sealed record FlagKey(string Word, string Flag) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword(Word).Space().Flag(Flag);
    }

    private sealed record NumberKey(string Word, ulong Value) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer) => writer.Keyword(Word).Space().Number(Value);
    }

    private sealed record Both(ImapSearch Left, ImapSearch Right) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer)
        {
            writer.Keyword("(");
            Left.Write(writer);
            writer.Space();
            Right.Write(writer);
            writer.Keyword(")");
        }

        internal override bool NeedsUtf8 => Left.NeedsUtf8 || Right.NeedsUtf8;

        internal override bool MayMatch(uint uid) => Left.MayMatch(uid) && Right.MayMatch(uid);
    }

    private sealed record Either(ImapSearch Left, ImapSearch Right) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer)
        {
            writer.Keyword("OR").Space();
            Left.Write(writer);
            writer.Space();
            Right.Write(writer);
        }

        internal override bool NeedsUtf8 => Left.NeedsUtf8 || Right.NeedsUtf8;

        internal override bool MayMatch(uint uid) => Left.MayMatch(uid) || Right.MayMatch(uid);
    }

    private sealed record Negation(ImapSearch Search) : ImapSearch
    {
        internal override void Write(ImapCommandWriter writer)
        {
            writer.Keyword("NOT").Space();
            Search.Write(writer);
        }

        internal override bool NeedsUtf8 => Search.NeedsUtf8;
    }
}
