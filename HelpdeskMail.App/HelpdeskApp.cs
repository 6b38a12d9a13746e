using HelpdeskMail.App.Composition;
using HelpdeskMail.Core;

namespace HelpdeskMail.App;

/// <summary>Builds the whole application: the portal, or its services alone for a command. Tests start the real thing with settings of their own.</summary>
internal static class HelpdeskApp
{
    /// <exception cref="SettingsException">The settings are wrong; its message names every bad key.</exception>
    public static WebApplication Build(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HelpdeskApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var read = AddSettings(builder, settings);
        AddServices(builder, read);
        builder.AddPortal(read);

        var app = builder.Build();
        app.MapPortal();
        return app;
    }

    /// <summary>Services without the web server and without jobs, for a command that does one thing and ends.</summary>
    /// <exception cref="SettingsException">The settings are wrong; its message names every bad key.</exception>
    public static IHost BuildTool(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = typeof(HelpdeskApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddServices(builder, AddSettings(builder, settings));
        return builder.Build();
    }

    private static HelpdeskSettings AddSettings(IHostApplicationBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        return HelpdeskSettings.Read(builder.Configuration);
    }

    private static void AddServices(IHostApplicationBuilder builder, HelpdeskSettings settings)
    {
        builder.AddLogging();
        builder.Services.AddSingleton(settings);
        builder.Services.AddHelpdeskStorage(settings);
        builder.Services.AddHelpdeskCore();
        builder.Services.AddHelpdeskIdentity();
    }
}
