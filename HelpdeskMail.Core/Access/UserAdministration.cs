using System.Security.Cryptography;
using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Access;

/// <summary>Adds users and changes them. Nobody is ever deleted: messages and events name their authors. One active administrator always remains.</summary>
public sealed class UserAdministration(IServiceScopeFactory scopes)
{
    /// <summary>A lockout that no wrong password gives: the user was switched off.</summary>
    private static readonly DateTimeOffset Off = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All users by name; <paramref name="text"/> filters name and address.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(string? text = null, CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpdeskDb>();
        var words = text?.Trim() ?? "";
        var users = await db.Users.AsNoTracking()
            .Where(user => words == "" || TextSearch.Contains(user.DisplayName, words) || TextSearch.Contains(user.Email, words))
            .Select(user => new
            {
                User = user,
                Role = db.UserRoles.Where(link => link.UserId == user.Id).Join(db.Roles, link => link.RoleId, role => role.Id, (_, role) => role.Name).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return [.. users.Select(row => Row(row.User, row.Role)).OrderBy(row => row.DisplayName, ByName.Comparer).ThenBy(row => row.Email, ByName.Comparer)];
    }

    public async Task<UserRow?> GetAsync(string id, CancellationToken cancel = default) => (await ListAsync(cancel: cancel)).FirstOrDefault(row => row.Id == id);

    /// <summary>Adds a user, or changes name, address and role of one. Faults: "email", "displayName", "role", "password", "id".</summary>
    public async Task<Outcome<SavedUser>> SaveAsync(UserDraft draft, CancellationToken cancel = default)
    {
        await using var unit = await IdentityUnit.BeginAsync(scopes, cancel);
        var faults = new Faults();
        draft.Email = FieldRules.Address(faults, "email", draft.Email);
        draft.DisplayName = FieldRules.Line(faults, "displayName", string.IsNullOrWhiteSpace(draft.DisplayName) ? draft.Email.Split('@')[0] : draft.DisplayName, 200, required: false);
        if (!Roles.All.Contains(draft.Role)) faults.Add("role", $"The role must be {string.Join(" or ", Roles.All)}.");
        var user = draft.Id is null ? new HelpdeskUser { EmailConfirmed = true, LockoutEnabled = true } : await unit.Users.FindByIdAsync(draft.Id);
        if (user is null) faults.Add("id", "This user is not there any more.");
        if (user is null || faults.Any) return faults;

        (user.UserName, user.Email, user.DisplayName) = (draft.Email, draft.Email, draft.DisplayName);
        var generated = draft.Id is null && string.IsNullOrEmpty(draft.Password) ? NewPassword() : null;
        unit.Take(draft.Id is null ? await unit.Users.CreateAsync(user, generated ?? draft.Password!) : await unit.Users.UpdateAsync(user), faults);
        if (faults.Any) return faults;

        await unit.SetRoleAsync(user, draft.Role, faults);
        return await unit.EndAsync(faults, new SavedUser(user.Id, generated), cancel);
    }

    /// <summary>Gives a user another password and ends the sessions there are.</summary>
    /// <param name="id">The user.</param>
    /// <param name="password">Null: one is made up.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<Outcome<SavedUser>> ResetPasswordAsync(string id, string? password = null, CancellationToken cancel = default) => ChangeAsync(id, async (unit, user, faults) =>
    {
        var generated = string.IsNullOrEmpty(password) ? NewPassword() : null;
        var token = await unit.Users.GeneratePasswordResetTokenAsync(user);
        unit.Take(await unit.Users.ResetPasswordAsync(user, token, generated ?? password!), faults);
        return generated;
    }, cancel);

    /// <summary>Off: the user can't log in, and open sessions end within minutes.</summary>
    public Task<Outcome<SavedUser>> SetActiveAsync(string id, bool active, CancellationToken cancel = default) => ChangeAsync(id, async (unit, user, faults) =>
    {
        user.LockoutEnabled = true;
        user.LockoutEnd = active ? null : Off;
        user.AccessFailedCount = 0;
        unit.Take(await unit.Users.UpdateSecurityStampAsync(user), faults);
        return null;
    }, cancel);

    internal static bool IsActive(HelpdeskUser user) => user.LockoutEnd is not { } end || end < Off;

    private async Task<Outcome<SavedUser>> ChangeAsync(string id, Func<IdentityUnit, HelpdeskUser, Faults, Task<string?>> change, CancellationToken cancel)
    {
        await using var unit = await IdentityUnit.BeginAsync(scopes, cancel);
        var faults = new Faults();
        if (await unit.Users.FindByIdAsync(id) is not { } user) return Faults.Of("id", "This user is not there any more.");
        var generated = await change(unit, user, faults);
        return await unit.EndAsync(faults, new SavedUser(id, generated), cancel);
    }

    private static UserRow Row(HelpdeskUser user, string? role) => new(user.Id, user.DisplayName, user.Email ?? "", role ?? "", IsActive(user));

    /// <summary>119 bits, without the letters and digits that look alike.</summary>
    private static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
}
