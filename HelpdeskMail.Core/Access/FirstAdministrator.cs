using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Access;

/// <summary>
/// The one-time token that makes the first administrator: only who can read the server's output can claim an unclaimed portal.
/// The database keeps its hash, so that of several nodes and any number of claims at once just one wins.
/// </summary>
public sealed class FirstAdministrator(IServiceScopeFactory scopes)
{
    private const string Key = "access.claim";

    /// <summary>A new token, which makes older ones worthless; null where there is an administrator already.</summary>
    public async Task<string?> OfferAsync(CancellationToken cancel = default)
    {
        await using var unit = await IdentityUnit.BeginAsync(scopes, cancel);
        if (await IsClaimedAsync(unit.Db, cancel)) return null;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var setting = await unit.Db.Settings.FindAsync([Key], cancel) ?? unit.Db.Settings.Add(new Setting { Key = Key, Value = "" }).Entity;
        setting.Value = HashOf(token);
        try
        {
            await unit.Db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (DatabaseFault.IsUniqueViolation(error))
        {
            await unit.DisposeAsync();
            return await OfferAsync(cancel); // another node was first; now there is a row to update
        }

        await unit.CommitAsync(cancel);
        return token;
    }

    /// <summary>Whether a claim with this token would be heard.</summary>
    public async Task<bool> FitsAsync(string? token, CancellationToken cancel = default)
    {
        if (string.IsNullOrEmpty(token)) return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpdeskDb>();
        var hash = HashOf(token);
        return await db.Settings.AnyAsync(setting => setting.Key == Key && setting.Value == hash, cancel) && !await IsClaimedAsync(db, cancel);
    }

    /// <summary>Makes the administrator. On any fault but "token" the token stays good.</summary>
    /// <returns>The user's id. Faults: "token", "email", "displayName", "password".</returns>
    public async Task<Outcome<string>> ClaimAsync(string? token, string email, string displayName, string password, CancellationToken cancel = default)
    {
        await using var unit = await IdentityUnit.BeginAsync(scopes, cancel);
        var hash = HashOf(token ?? "");

        // Whose delete finds the row has won; another's waits for this transaction and then finds none.
        var won = await unit.Db.Settings.Where(setting => setting.Key == Key && setting.Value == hash).ExecuteDeleteAsync(cancel) == 1;
        if (!won || await IsClaimedAsync(unit.Db, cancel)) return Faults.Of("token", "This link is not valid any more.");

        var faults = new Faults();
        var address = FieldRules.Address(faults, "email", email);
        var name = FieldRules.Line(faults, "displayName", displayName, 200);
        if (faults.Any) return faults;
        var user = new HelpdeskUser { UserName = address, Email = address, EmailConfirmed = true, LockoutEnabled = true, DisplayName = name };
        unit.Take(await unit.Users.CreateAsync(user, password), faults);
        if (!faults.Any) await unit.SetRoleAsync(user, Roles.Administrator, faults);
        return await unit.EndAsync(faults, user.Id, cancel);
    }

    /// <summary>Also by an administrator who was switched off: the portal is somebody's.</summary>
    private static Task<bool> IsClaimedAsync(HelpdeskDb db, CancellationToken cancel) =>
        db.UserRoles.AnyAsync(link => db.Roles.Any(role => role.Id == link.RoleId && role.Name == Roles.Administrator), cancel);

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
