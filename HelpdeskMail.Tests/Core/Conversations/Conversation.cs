using System.Globalization;
using System.Text;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Conversations;

/// <summary>
/// Plays a conversation through real servers, wave by wave: what people write goes through Postfix, is fetched from Dovecot when all of the wave has been
/// delivered, and must be decided as the script says. Mails of a wave don't depend on each other. Mails and tickets have names in the script.
/// </summary>
internal sealed class Conversation(ConversationDesk desk, MailRig rig)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly Actor Agent = new(null, "Agent Smith");

    private readonly List<ScriptedMail> wave = [];
    private readonly Dictionary<string, long> tickets = [];
    private readonly Dictionary<string, string> names = []; // of Message-IDs
    private readonly Dictionary<string, MimeMessage> known = [];
    private readonly Dictionary<string, string> arrived = [];
    private long lastStored;

    /// <summary>All that was written to the helpdesk so far.</summary>
    public List<ScriptedMail> Script { get; } = [];

    public long Ticket(string name) => tickets[name];

    /// <param name="name">In the script.</param>
    /// <param name="from">Who writes; also the envelope's sender.</param>
    /// <param name="to">Where it is delivered; also its To.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="answers">The mail that it answers, as mail programs do: In-Reply-To and References.</param>
    /// <param name="more">Further header fields, which may stand for those it would have, such as another To.</param>
    /// <param name="body">The text, after an empty line; with its own header fields where <paramref name="more"/> ends in a Content-Type.</param>
    /// <param name="sender">Of the envelope, where it isn't the author.</param>
    public ScriptedMail Mail(string name, string from, string to, string subject, string? answers = null, string more = "", string body = "Some words.", string? sender = null)
    {
        var id = $"{name}@{from.Split('@')[1]}";
        var header = new StringBuilder($"X-Step: {name}\nSubject: {subject}\n");
        void Unless(string field, string value)
        {
            if (!$"\n{more}".Contains($"\n{field}:", StringComparison.OrdinalIgnoreCase)) header.Append(CultureInfo.InvariantCulture, $"{field}: {value}\n");
        }

        Unless("From", from);
        Unless("To", to);
        Unless("Message-ID", $"<{id}>");
        if (answers is not null)
        {
            var parent = known[answers];
            Unless("In-Reply-To", $"<{parent.MessageId!.Value.Value}>");
            Unless("References", string.Join(' ', parent.References.Append(parent.MessageId.Value).Select(reference => $"<{reference.Value}>")));
        }
        var mail = new ScriptedMail(name, sender ?? from, to, BoxOf(to), $"{header}{(more.Length == 0 ? "" : more + "\n")}\n{body}\n");
        known[name] = MimeMessage.Parse(FlowDesk.Bytes(mail.Raw));
        names.TryAdd(id, name);
        wave.Add(mail);
        Script.Add(mail);
        return mail;
    }

    /// <summary>A mail of ours that somebody's server passes on as it is.</summary>
    public ScriptedMail PassOn(string name, string ours, string from, string to)
    {
        var mail = new ScriptedMail(name, from, to, BoxOf(to), $"X-Step: {name}\n{arrived[ours]}");
        wave.Add(mail);
        Script.Add(mail);
        return mail;
    }

    /// <summary>What a server made of a mail of ours, on the way already: the first mail in a box that holds these words.</summary>
    public ScriptedMail Comes(string name, string box, string words)
    {
        var mail = new ScriptedMail(name, "", "", box, "") { Words = words };
        wave.Add(mail);
        Script.Add(mail);
        return mail;
    }

    /// <summary>Sends the wave, fetches it, and compares what was decided with the script.</summary>
    public async Task GoAsync()
    {
        foreach (var mail in wave)
        {
            if (mail.Words is null) await rig.SendFromOutsideAsync(mail.Sender, mail.To, mail.Raw);
            await rig.WaitForMailAsync(desk.Boxes[mail.Box], mail.Fits, deadline: Soon); // Postfix delivers in any order
        }
        foreach (var box in desk.Boxes.Keys.Where(box => wave.Exists(mail => mail.Box == box)))
        {
            var fetched = await desk.Helpdesk.Get<Fetcher>().FetchAsync(desk.Mailboxes[box]);
            Assert.Null(fetched!.Error);
        }
        await using var db = desk.Helpdesk.Db();
        var stored = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw).Where(mail => mail.Id > lastStored && mail.Source != MailSourceKind.Note).OrderBy(mail => mail.Id).ToListAsync();
        foreach (var mail in wave)
        {
            var found = stored.Where(row => mail.Fits(new RigMail("", row.Raw!.Bytes))).ToList();
            stored.RemoveAll(found.Contains);
            if (mail.Reason is null) Assert.Empty(found);
            else Check(mail, Assert.Single(found));
        }
        Assert.Empty(stored);
        lastStored = await db.StoredMails.MaxAsync(mail => mail.Id);
        wave.Clear();
        await desk.Helpdesk.Get<OutboxSender>().SendDueAsync();
    }

    /// <summary>An agent's answer in the portal; waits until the customer has it and returns it as it arrived.</summary>
    public async Task<MimeMessage> ReplyAsync(string name, string ticket, RigUser customer, string? cc = null)
    {
        var draft = new ReplyDraft { Text = $"Our answer {name}.", Cc = cc is null ? [] : [new MessageAddress(null, cc)] };
        Assert.True((await desk.Helpdesk.Get<ReplyWriter>().WriteAsync(tickets[ticket], draft, Agent)).Ok);
        await desk.Helpdesk.Get<OutboxSender>().SendDueAsync();
        return await ArrivesAsync(name, customer, draft.Text);
    }

    /// <summary>A mail of ours that somebody gets, as it arrived.</summary>
    public async Task<MimeMessage> ArrivesAsync(string name, RigUser customer, string words)
    {
        var found = await rig.WaitForMailAsync(customer, mail => mail.Text.Contains(words, StringComparison.Ordinal), deadline: Soon);
        var mail = MimeMessage.Parse(found.Raw);
        (known[name], arrived[name]) = (mail, found.Text);
        names[mail.MessageId!.Value.Value] = name;
        return mail;
    }

    public async Task ChangeAsync(string ticket, TicketChange change) => Assert.True((await desk.Helpdesk.Get<TicketEditor>().ChangeAsync(tickets[ticket], change, Agent)).Ok);

    public async Task MergeAsync(string ticket, string into) => Assert.True((await desk.Helpdesk.Get<TicketMerger>().MergeAsync(tickets[ticket], await NumberAsync(into), Agent)).Ok);

    public async Task<string> NumberAsync(string ticket)
    {
        await using var db = desk.Helpdesk.Db();
        return (await db.Tickets.SingleAsync(row => row.Id == tickets[ticket])).Number;
    }

    /// <summary>
    /// Every ticket, in the order of the script, with its queue, state and messages: "&lt;01" came in, "&gt;r1" went out, in brackets: internal, with a tilde: by
    /// a machine, with an exclamation mark: with the red envelope. There are no others.
    /// </summary>
    public async Task<string> TranscriptAsync()
    {
        await using var db = desk.Helpdesk.Db();
        var text = new StringBuilder();
        Assert.Equal(tickets.Values.Order(), await db.Tickets.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync());
        foreach (var (name, id) in tickets)
        {
            var ticket = await db.Tickets.AsNoTracking().Include(row => row.Queue).SingleAsync(row => row.Id == id);
            var messages = await db.TicketMessages.AsNoTracking().Where(message => message.TicketId == id).OrderBy(message => message.Id).ToListAsync();
            var into = ticket.MergedIntoId is { } target ? $" into {tickets.Single(pair => pair.Value == target).Key}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{name}: {ticket.Queue!.Name} {ticket.State}{into} {string.Join(' ', messages.Select(Said))}\n");
        }
        return text.ToString().TrimEnd();
    }

    private string Said(TicketMessage message)
    {
        var name = message.MessageId is { } id ? names.GetValueOrDefault(id, id.Split('@')[0]) : "note";
        var marked = $"{name}{(message.Automatic == HelpdeskMail.Mail.Reports.AutomaticKind.None ? "" : "~")}{(message.BounceAddress is null ? "" : "!")}";
        return message.Internal ? $"[{marked}]" : $"{(message.Direction == MessageDirection.Inbound ? "<" : ">")}{marked}";
    }

    private void Check(ScriptedMail mail, StoredMail stored)
    {
        Assert.True(mail.Reason == stored.Reason, $"{mail.Name}: {stored.Reason}, not {mail.Reason}. {stored.Sentence}\n{stored.Trace}");
        Assert.Equal((mail.Name, desk.Mailboxes[mail.Box]), (mail.Name, stored.MailboxId!.Value));
        if (mail.Ticket is null) Assert.Equal((mail.Name, (long?)null), (mail.Name, stored.TicketId));
        else if (tickets.TryGetValue(mail.Ticket, out var id)) Assert.Equal((mail.Name, (long?)id), (mail.Name, stored.TicketId));
        else tickets[mail.Ticket] = stored.TicketId!.Value;
    }

    private string BoxOf(string address)
    {
        if (address.EndsWith("@" + desk.Alpha, StringComparison.Ordinal)) return "help";
        if (address.EndsWith("@" + desk.Beta, StringComparison.Ordinal)) return "shop";
        return desk.Boxes.Single(pair => pair.Value.Address == address).Key;
    }
}
