namespace HelpdeskMail.Core.Confirmations;

/// <summary>A provider's mail that wants a forwarding or an address of ours confirmed (N9): caught, and shown with its link or code until somebody has dealt with it.</summary>
public sealed class ProviderConfirmation
{
    public long Id { get; set; }

    public ConfirmationState State { get; set; }

    /// <summary>"Gmail", "Yandex" …; for a provider we have no row for, the domain of the sender.</summary>
    public required string Provider { get; set; }

    /// <summary>Whether the provider is one that we know: then sender and wording fit what it sends.</summary>
    public bool Known { get; set; }

    public long StoredMailId { get; set; }

    public long? MailboxId { get; set; }

    /// <summary>Normalised address.</summary>
    public required string Sender { get; set; }

    /// <summary>Our address that it came to, where known.</summary>
    public string? Recipient { get; set; }

    /// <summary>The account whose mail would be forwarded to us; null where the mail doesn't say.</summary>
    public string? Account { get; set; }

    public string Subject { get; set; } = "";

    public string? Code { get; set; }

    /// <summary>http and https only, as they stand in the mail, the likeliest first; never opened by us.</summary>
    public List<string> Links { get; set; } = [];

    public DateTime At { get; set; }

    public DateTime? SettledAt { get; set; }

    public string? SettledBy { get; set; }
}
