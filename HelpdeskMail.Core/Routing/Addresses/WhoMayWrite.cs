namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>From whom an alias takes mail that starts something new; replies to our mail are always taken.</summary>
public enum WhoMayWrite
{
    Everyone,

    /// <summary>People who have written to us before.</summary>
    Customers,

    /// <summary>Nobody: only replies.</summary>
    Replies,
}
