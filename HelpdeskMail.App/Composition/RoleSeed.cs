using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.App.Composition;

/// <summary>The roles are fixed; whoever needs one first puts them all there.</summary>
internal static class RoleSeed
{
    public static async Task EnsureAsync(IServiceProvider scope, CancellationToken cancel = default)
    {
        var roles = scope.GetRequiredService<RoleManager<IdentityRole>>();
        foreach (var role in Roles.All)
        {
            try
            {
                if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole(role));
            }
            catch (DbUpdateException) when (!cancel.IsCancellationRequested)
            {
                // Another process was first; its row serves as well.
            }
        }
    }
}
