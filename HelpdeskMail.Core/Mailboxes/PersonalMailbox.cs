using System.Collections.Frozen;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Signs that a mailbox is somebody's own and not one that is shared (N10): all mail in it would become tickets for everybody to read.
/// A guess from the outside, said as one; nothing is forbidden because of it.</summary>
public static class PersonalMailbox
{
    private const int ManyFolders = 20;
    private const int ManySent = 500;

    /// <summary>Words of addresses that belong to a role, in the languages of our users.</summary>
    private static readonly FrozenSet<string> Shared = new[]
    {
        "support", "help", "helpdesk", "service", "servicedesk", "info", "information", "contact", "kontakt", "contacto", "office", "buero", "team", "hello", "hallo", "hi", "sales", "vertrieb", "verkauf", "billing", "invoice", "invoices",
        "rechnung", "rechnungen", "buchhaltung", "accounting", "orders", "order", "bestellung", "shop", "it", "edv", "tech", "technik", "admin", "administrator", "postmaster", "webmaster", "hostmaster", "abuse", "noc", "security", "privacy",
        "datenschutz", "hr", "jobs", "career", "bewerbung", "personal", "marketing", "press", "presse", "news", "newsletter", "feedback", "customer", "customers", "kunden", "kundendienst", "kundenservice", "client", "clients", "care", "desk",
        "mail", "email", "post", "zentrale", "empfang", "reception", "booking", "buchung", "reservation", "returns", "retouren", "warranty", "partner", "dev", "ops", "noreply", "no", "reply", "test", "demo", "anfrage", "anfragen", "enquiries",
        "general", "main", "group", "dept", "department", "abteilung", "inbox", "tickets", "ticket", "soporte", "ventas", "assistance", "atencion", "supporto", "vendite", "pomoc", "biuro",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Each a sentence; empty: nothing speaks for a personal mailbox.</summary>
    /// <param name="folders">The server's list, where it was read.</param>
    public static IReadOnlyList<string> Signs(string address, IReadOnlyList<FolderChoice>? folders = null)
    {
        if (!MailAddress.TryParse(address, out var parsed)) return [];
        var words = parsed.LocalPart.Split('+')[0].Split(['.', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(Shared.Contains)) return [];

        var signs = new List<string>();
        if (words.Length is 2 or 3 && words[^1].Length >= 2 && words.All(word => word.All(char.IsLetter)))
            signs.Add($"{parsed.Address} looks like a person's name.");
        var own = folders?.Count(folder => folder is { SpecialUse: null, CanBeSelected: true }) ?? 0;
        if (own >= ManyFolders) signs.Add($"It has {own} folders of its own.");
        if (folders?.FirstOrDefault(folder => folder.SpecialUse == "Sent")?.Messages is { } sent and >= ManySent) signs.Add($"{sent} mails were sent from it.");
        return signs;
    }
}
