using Microsoft.AspNetCore.DataProtection;

namespace HelpdeskMail.Core.Keys;

/// <summary>Encrypts passwords at rest.</summary>
public sealed class SecretProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("HelpdeskMail.Secrets.v1");

    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>Null where the key that protected it is gone: the administrator must enter it again.</summary>
    public string? Unprotect(string? protectedSecret)
    {
        if (protectedSecret is null) return null;
        try
        {
            return protector.Unprotect(protectedSecret);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
