using System.Globalization;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A mail as filters see it: each field's texts, bounded, and read once however many filters ask.</summary>
/// <param name="mail">The mail.</param>
/// <param name="trust">What a trusted server says of its author; null: nothing.</param>
/// <param name="commands">X-Helpdesk-* as far as they count, and what earlier filters have set; may grow while filters run.</param>
internal sealed class FilterMail(ReadMail mail, SenderTrust? trust, IReadOnlyDictionary<string, string> commands)
{
    public const string Body = "body";
    public const string Recipient = "recipient";
    public const string AttachmentCount = "attachmentCount";
    public const string Authentication = "authentication";
    public const string CommandPrefix = "X-Helpdesk-";

    /// <summary>Characters of a text that conditions see.</summary>
    private const int MaxLength = 64 * 1024;

    private const int MaxHeaders = 50;

    private readonly Dictionary<string, IReadOnlyList<string>> read = new(StringComparer.OrdinalIgnoreCase);

    private bool[]?[] found = [];

    /// <summary>Which required texts stand in a field, by their numbers; null: a command stands for the field, and has to be compared.</summary>
    public bool[]? Found(FieldLiterals literals)
    {
        if (commands.Count > 0 && commands.ContainsKey(literals.Field)) return null;
        if (literals.Slot >= found.Length) Array.Resize(ref found, literals.Slot + 8);
        return found[literals.Slot] ??= literals.Find(Texts(literals.Field));
    }

    /// <summary>None, one or several texts.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (commands.Count > 0 && commands.TryGetValue(field, out var command)) return [command];
        if (!read.TryGetValue(field, out var texts)) read[field] = texts = [.. Read(field).Select(text => text.Length > MaxLength ? text[..MaxLength] : text)];
        return texts;
    }

    private IEnumerable<string> Read(string field) => field.ToLowerInvariant() switch
    {
        "body" => [mail.Text],
        "authentication" => [trust?.Verdict switch { SenderVerdict.Passed => "passed", SenderVerdict.Failed => "failed", _ => "unknown" }],
        "recipient" => mail.Recipients().Select(recipient => recipient.Address).Distinct(StringComparer.Ordinal),
        "attachmentcount" or "x-helpdesk-attachmentcount" => [mail.Attachments.Count.ToString(CultureInfo.InvariantCulture)],
        "x-helpdesk-attachmentexists" => [mail.Attachments.Count > 0 ? "yes" : "no"],
        _ when field.StartsWith(CommandPrefix, StringComparison.OrdinalIgnoreCase) => [], // what came with an untrusted mail doesn't count (O6)
        _ => mail.Headers.All(field).Take(MaxHeaders),
    };
}
