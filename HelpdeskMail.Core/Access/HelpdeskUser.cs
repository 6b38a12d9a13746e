using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.Core.Access;

/// <summary>A person who logs in to the portal.</summary>
public sealed class HelpdeskUser : IdentityUser
{
    public string DisplayName { get; set; } = "";
}
