using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.DataProtection;

namespace HelpdeskMail.App.Composition;

internal static class StorageRegistration
{
    /// <summary>The database, the limits of mail, and the keys that protect secrets and cookies.</summary>
    public static IServiceCollection AddHelpdeskStorage(this IServiceCollection services, HelpdeskSettings settings)
    {
        services.AddSingleton(settings.Mail);
        services.AddHelpdeskDatabase(settings.Database);

        // The name is part of every protected secret: it must not depend on where the program lies.
        services.AddDataProtection()
            .SetApplicationName("HelpdeskMail")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.DataDirectory, "keys")));
        return services;
    }
}
