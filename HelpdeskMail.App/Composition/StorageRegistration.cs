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
            .PersistKeysToFileSystem(KeyDirectory(settings));
        return services;
    }

    /// <summary>For the eyes of the service's user only: who has the keys has the passwords and any cookie.</summary>
    private static DirectoryInfo KeyDirectory(HelpdeskSettings settings)
    {
        var path = Path.Combine(settings.DataDirectory, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
