using System.Security.Claims;
using HelpdeskMail.App.Resources;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>Logging in by password, with lockout; says no more than it must on failure.</summary>
internal sealed class SignIn(SignInManager<HelpdeskUser> session, UserManager<HelpdeskUser> users, IStringLocalizer<AccountTexts> texts)
{
    /// <returns>The fault to show; null: logged in.</returns>
    public async Task<string?> LogInAsync(LoginInput input)
    {
        var user = await users.FindByEmailAsync(input.Email.Trim());
        if (user is null)
        {
            // The same work as for a user who exists, so that the time taken doesn't tell.
            users.PasswordHasher.HashPassword(new HelpdeskUser(), input.Password);
            return Wrong;
        }

        var result = await session.PasswordSignInAsync(user, input.Password, input.Remember, lockoutOnFailure: true);
        if (result.Succeeded) return null;
        return result.IsLockedOut ? LockedOut : Wrong;
    }

    /// <returns>The fault to show; null: changed, and everybody else who is logged in as this user will be logged out.</returns>
    public async Task<string?> ChangePasswordAsync(ClaimsPrincipal principal, PasswordInput input)
    {
        if (await users.GetUserAsync(principal) is not { } user) return texts["UserGone"];

        // The present password counts as a log-in: an open browser must not be a place to guess it at leisure.
        var check = await session.CheckPasswordSignInAsync(user, input.Present, lockoutOnFailure: true);
        if (check.IsLockedOut) return LockedOut;
        if (!check.Succeeded) return texts["PresentWrong"];
        var result = await users.ChangePasswordAsync(user, input.Present, input.Password);
        if (!result.Succeeded) return string.Join(" ", result.Errors.Select(error => error.Description));
        await session.RefreshSignInAsync(user);
        return null;
    }

    private string LockedOut => texts["LockedOut"];

    private string Wrong => texts["Wrong"];
}
