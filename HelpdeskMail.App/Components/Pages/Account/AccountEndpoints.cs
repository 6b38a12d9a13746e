using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.App.Components.Pages.Account;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/logout", async (HttpContext http, IAntiforgery antiforgery, SignInManager<HelpdeskUser> session) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            await session.SignOutAsync();
            return Results.LocalRedirect("/account/login");
        }).ExcludeFromDescription();
}
