using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>Logging in by password, with lockout; says no more than it must on failure.</summary>
internal sealed class SignIn(SignInManager<HelpdeskUser> session, UserManager<HelpdeskUser> users)
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
        return result.IsLockedOut ? "Too many wrong passwords. Wait a few minutes, then try again." : Wrong;
    }

    private const string Wrong = "The e-mail address or the password is wrong.";
}
