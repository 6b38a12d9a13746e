using System.Security.Cryptography;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.FollowUp;

/// <summary>The secret that <see cref="TicketSignature"/> signs with: made at the first reply, encrypted at rest, the same on every node.</summary>
public sealed class SigningKey(SecretProtector secrets)
{
    private const string Key = "routing.signingKey";
    private const int Octets = 32;

    /// <summary>Null: there is none yet, so nothing can have been signed; or it can't be read any more, and what was signed no longer counts.</summary>
    internal async Task<TicketSignature?> FindAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var saved = await db.Settings.Where(setting => setting.Key == Key).Select(setting => setting.Value).FirstOrDefaultAsync(cancel);
        return secrets.Unprotect(saved) is { } text ? new TicketSignature(Convert.FromBase64String(text)) : null;
    }

    /// <summary>Finds it or puts a new one into the context, unsaved. The caller's transaction holds the ticket counter, so two can't make one at the same time.</summary>
    internal async Task<TicketSignature> MakeAsync(HelpdeskDb db, CancellationToken cancel)
    {
        if (await FindAsync(db, cancel) is { } signature) return signature;
        var key = RandomNumberGenerator.GetBytes(Octets);
        var setting = await db.Settings.FindAsync([Key], cancel) ?? db.Settings.Add(new Setting { Key = Key, Value = "" }).Entity;
        setting.Value = secrets.Protect(Convert.ToBase64String(key));
        return new TicketSignature(key);
    }
}
