using HelpdeskMail.App.Api;
using HelpdeskMail.App.Components;
using HelpdeskMail.App.Components.Pages.Account;
using HelpdeskMail.App.Components.Pages.Filters;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Composition;

/// <summary>The web application: what it needs and the order in which a request passes.</summary>
internal static class Portal
{
    /// <summary>What running jobs get to end in good order when the program is told to stop.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    public static void AddPortal(this WebApplicationBuilder builder, HelpdeskSettings settings)
    {
        builder.WebHost.UseUrls([.. settings.Urls]);
        if (!Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))) builder.WebHost.UseStaticWebAssets(); // a build that wasn't published
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        builder.Services.AddHostedService<Startup>();
        builder.Services.AddSignIn();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddRadzenCookieThemeService(options =>
        {
            options.Name = "theme";
            options.Duration = TimeSpan.FromDays(365);
        });
        builder.Services.AddLocalization();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHostedService<ChangeWatcher>();
        builder.Services.AddJobs(settings);
        builder.Services.AddApi();
        builder.Services.AddHealth();
        if (!string.IsNullOrWhiteSpace(builder.Configuration[MetricsExport.Endpoint])) builder.Services.AddHostedService<MetricsExport>();
        builder.Services.AddSingleton<Claim>();
        builder.Services.AddScoped<SignIn>();
        builder.Services.AddScoped<ReplyDrafts>();
    }

    public static void MapPortal(this WebApplication app)
    {
        app.UseWhen(HelpdeskApi.IsApi, api => api.UseApiErrors());
        app.UseWhen(http => !HelpdeskApi.IsApi(http), pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapApi();
        app.MapAccount();
        app.MapMessages();
        app.MapFilterFile();
        app.MapRazorComponents<Components.App>().AddInteractiveServerRenderMode();
    }
}
