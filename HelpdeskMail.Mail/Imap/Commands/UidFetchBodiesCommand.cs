using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>BODY.PEEK[] of messages: the whole text, without setting \Seen.</summary>
internal sealed class UidFetchBodiesCommand(IReadOnlyDictionary<uint, MessageSummary> wanted) : ImapCommand
{
    private readonly HashSet<uint> _seen = [];

    public override string Name => "UID FETCH";

    public override bool BringsBodies => true;

    /// <summary>Arrived and not yet handed out.</summary>
    public Queue<FetchedMessage> Ready { get; } = new();

    public IEnumerable<MessageSummary> Missing => wanted.Values.Where(summary => !_seen.Contains(summary.Uid));

    public override void Write(ImapCommandWriter writer) =>
        writer.Keyword(Name).Space().Uids(UidSet.Of(wanted.Keys)).Space().Keyword("(UID BODY.PEEK[])");

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "FETCH")
            return false;
        var before = parser;
        var items = FetchItems.Read(ref parser);
        var hasBody = items.Body is not null || items.BodyTooLarge;
        // A second answer for the same message would make two tickets of one mail.
        if (!hasBody || items.Uid is not { } uid || !wanted.TryGetValue(uid, out var summary) || !_seen.Add(uid))
        {
            parser = before;
            return false;
        }

        if (items.BodyTooLarge)
            summary = summary with { Size = items.Size ?? summary.Size };
        Ready.Enqueue(new FetchedMessage(summary, items.Body));
        return true;
    }
}
