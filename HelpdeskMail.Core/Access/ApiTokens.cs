using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Access;

/// <summary>Makes and checks the bearer tokens of the HTTP API.</summary>
public sealed class ApiTokens(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    /// <summary>How exactly <see cref="ApiToken.LastUsedAt"/> is kept: not every request is worth a write.</summary>
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(5);

    /// <returns>The token, which nobody can read again. Faults: "name", "role".</returns>
    public async Task<Outcome<string>> CreateAsync(string name, string role, CancellationToken cancel = default)
    {
        var faults = new Faults();
        name = name.Trim();
        if (name.Length is 0 or > 200) faults.Add("name", "Give the token a name of at most 200 characters.");
        if (!Roles.All.Contains(role)) faults.Add("role", $"The role must be {string.Join(" or ", Roles.All)}.");
        if (faults.Any) return faults;

        // 32 random bytes: a plain hash is enough, there is nothing to guess.
        var token = "hd_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var db = await contexts.CreateDbContextAsync(cancel);
        db.ApiTokens.Add(new ApiToken { Name = name, Role = role, Hash = HashOf(token), CreatedAt = time.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Null: unknown or revoked.</summary>
    public async Task<ApiToken?> FindAsync(string token, CancellationToken cancel = default)
    {
        if (token.Length is 0 or > 200) return null;
        var hash = HashOf(token);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.RevokedAt == null, cancel);
        if (found is null) return null;

        var now = time.GetUtcNow().UtcDateTime;
        if (found.LastUsedAt is null || now - found.LastUsedAt > UseGrain)
            await db.ApiTokens.Where(row => row.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancel);
        return found;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
