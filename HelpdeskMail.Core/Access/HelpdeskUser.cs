using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.Core.Access;

/// <summary>A person who logs in to the portal.</summary>
public sealed class HelpdeskUser : IdentityUser
{
    public string DisplayName { get; set; } = "";

    /// <summary>A mail for every message that customers write on tickets this user owns (P13).</summary>
    public bool NotifyMessages { get; set; }

    /// <summary>A mail for every note that colleagues write on tickets this user owns.</summary>
    public bool NotifyNotes { get; set; }

    /// <summary>Departments whose new tickets this user gets a mail for; null: none.</summary>
    public List<long>? NotifyDepartments { get; set; }
}
