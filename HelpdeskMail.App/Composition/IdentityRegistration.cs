using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.App.Composition;

internal static class IdentityRegistration
{
    public const string LoginPath = "/account/login";

    /// <summary>Users, roles and their rules; signing in by cookie is the portal's to add.</summary>
    public static IdentityBuilder AddHelpdeskIdentity(this IServiceCollection services) =>
        services.AddIdentityCore<HelpdeskUser>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // Length is what counts (NIST SP 800-63B §3.1.1.2); rules about kinds of characters only breed "Password1!".
                options.Password.RequiredLength = 8;
                options.Password.RequiredUniqueChars = 2;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<HelpdeskDb>()
            .AddDefaultTokenProviders();

    public static void AddSignIn(this IServiceCollection services)
    {
        new IdentityBuilder(typeof(HelpdeskUser), typeof(IdentityRole), services).AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "helpdesk";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = LoginPath;
            cookie.LogoutPath = "/account/logout";
            cookie.AccessDeniedPath = "/account/denied";
            cookie.ReturnUrlParameter = "returnUrl";
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
