namespace HelpdeskMail.Core.Routing;

/// <summary>Whom a Reply-To makes the author of a mail (P8). Names are stored: rename never.</summary>
public enum ReplyToPolicy
{
    /// <summary>The author stays who it is from; Reply-To is only shown.</summary>
    Ignore,

    /// <summary>Reply-To counts within the author's own domain, and where the author can't be answered: web forms write from a no-reply address or from one of ours.</summary>
    SameDomain,

    /// <summary>Reply-To always counts.</summary>
    Use,
}
