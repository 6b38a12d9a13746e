using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Access;

/// <summary>Makes and checks the bearer tokens of the HTTP API.</summary>
public sealed class ApiTokens(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    /// <summary>How exactly <see cref="ApiToken.LastUsedAt"/> is kept: not every request is worth a write.</summary>
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(1);

    /// <returns>The token, which nobody can read again. Faults: "name", "role".</returns>
    public async Task<Outcome<string>> CreateAsync(string name, string role, CancellationToken cancel = default)
    {
        var faults = new Faults();
        name = name.Trim();
        if (name.Length is 0 or > 200) faults.Add("name", "Give the token a name of at most 200 characters.");
        if (!Roles.All.Contains(role)) faults.Add("role", $"The role must be {string.Join(" or ", Roles.All)}.");
        if (faults.Any) return faults;

        // 32 random bytes: a plain hash is enough, there is nothing to guess. The prefix lets scanners of source code find a leaked one.
        var token = "hdm_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
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

    /// <summary>All tokens, the newest first; revoked ones too, since what they did stays in the logs.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ApiTokens.AsNoTracking().OrderByDescending(token => token.Id).ToListAsync(cancel);
    }

    /// <summary>From now on the token opens nothing. Revoking twice keeps the first time.</summary>
    public async Task<Outcome<bool>> RevokeAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var token = await db.ApiTokens.FindAsync([id], cancel);
        if (token is null) return Faults.Of("id", "This token is not there any more.");
        token.RevokedAt ??= time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
