using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.App.Components.Pages.Addresses;

/// <summary>An alias domain being edited, and what a change would do to mail that is out already.</summary>
/// <param name="Saved">As it is now; null: a new one.</param>
/// <param name="IsFirst">There is no other: it is the default.</param>
/// <param name="Mailboxes">Addresses of the mailboxes that are fetched.</param>
internal sealed record AliasDomainFormData(AliasDomainDraft Draft, AliasDomainRow? Saved, bool IsFirst, IReadOnlyList<string> Mailboxes)
{
    private const int ShownMailboxes = 5;

    public bool MustBeDefault => IsFirst || Saved is { IsDefault: true };

    public string Domain => Draft.Domain.Trim().TrimStart('@').ToLowerInvariant();

    public string CatchallAddress => Address(Draft.Catchall);

    public string BounceAddress => Address(Draft.Bounce);

    public bool DomainChanges => Saved is not null && Domain != Saved.Domain;

    /// <summary>Addresses that mail already sent carries, and that this change replaces; empty: none. A new name of the domain replaces them all and is told apart.</summary>
    public IReadOnlyList<string> Replaced => Saved is null ? [] : [.. new[] { (Saved.CatchallAddress, $"{Local(Draft.Catchall)}@{Saved.Domain}"), (Saved.BounceAddress, $"{Local(Draft.Bounce)}@{Saved.Domain}") }.Where(pair => pair.Item1 != pair.Item2).Select(pair => pair.Item1)];

    public string MailboxWords => string.Join(", ", Mailboxes.Take(ShownMailboxes)) + (Mailboxes.Count > ShownMailboxes ? ", …" : "");

    private string Address(string localPart) => $"{Local(localPart)}@{Domain}";

    private static string Local(string text) => text.Trim().ToLowerInvariant();
}
