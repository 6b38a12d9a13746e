using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Access;

/// <summary>One change of users: Identity's manager saves at every step, so the steps go into one transaction here. Left without <see cref="EndAsync"/>, nothing has happened.</summary>
internal sealed class IdentityUnit : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly IDbContextTransaction transaction;
    private bool administered;

    private IdentityUnit(AsyncServiceScope scope, HelpdeskDb db, IDbContextTransaction transaction)
    {
        this.scope = scope;
        this.transaction = transaction;
        Db = db;
        Users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
    }

    public HelpdeskDb Db { get; }

    public UserManager<HelpdeskUser> Users { get; }

    public static async Task<IdentityUnit> BeginAsync(IServiceScopeFactory scopes, CancellationToken cancel)
    {
        var own = scopes.CreateAsyncScope();
        try
        {
            var db = own.ServiceProvider.GetRequiredService<HelpdeskDb>();
            var unit = new IdentityUnit(own, db, await db.Database.BeginTransactionAsync(cancel));
            // One change of users after the other, on any node: or two could each take away what the other counts on as the last administrator.
            await CounterRow.LockAsync(db, Counter.Configuration, cancel);
            unit.administered = await unit.IsAdministeredAsync();
            return unit;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Identity's errors by field.</summary>
    public void Take(IdentityResult result, Faults faults)
    {
        foreach (var error in result.Errors)
        {
            var field = error.Code.StartsWith("Password", StringComparison.Ordinal) ? "password"
                : error.Code.Contains("Email", StringComparison.Ordinal) || error.Code.Contains("UserName", StringComparison.Ordinal) ? "email" : "";

            // The user name is the address: once said is enough.
            if (error.Code != nameof(IdentityErrorDescriber.DuplicateUserName) || result.Errors.All(other => other.Code != nameof(IdentityErrorDescriber.DuplicateEmail)))
                faults.Add(field, error.Description);
        }
    }

    public async Task SetRoleAsync(HelpdeskUser user, string role, Faults faults)
    {
        var roles = await Users.GetRolesAsync(user);
        if (roles is [var only] && only == role) return;
        Take(await Users.RemoveFromRolesAsync(user, roles), faults);
        Take(await Users.AddToRoleAsync(user, role), faults);
        if (roles.Count > 0) Take(await Users.UpdateSecurityStampAsync(user), faults); // the role is in the cookie too
    }

    /// <summary>Commits, unless there are faults or the last active administrator would be gone.</summary>
    public async Task<Outcome<T>> EndAsync<T>(Faults faults, T value, CancellationToken cancel)
    {
        if (!faults.Any && administered && !await IsAdministeredAsync())
            faults.Add("", "Somebody must remain who can administer the portal: make another user administrator first.");
        if (faults.Any) return faults;
        await transaction.CommitAsync(cancel);
        return value;
    }

    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await scope.DisposeAsync();
    }

    private async Task<bool> IsAdministeredAsync() => (await Users.GetUsersInRoleAsync(Roles.Administrator)).Any(UserAdministration.IsActive);
}
