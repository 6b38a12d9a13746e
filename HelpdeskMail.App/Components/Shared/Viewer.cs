using System.Security.Claims;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>Who looks at the page.</summary>
internal static class Viewer
{
    public static async Task<Actor> ActorAsync(this Task<AuthenticationState> authentication) => (await authentication).User.ToActor();

    public static Actor ToActor(this ClaimsPrincipal user) => new(user.FindFirstValue(ClaimTypes.NameIdentifier), user.Identity?.Name ?? "");
}
