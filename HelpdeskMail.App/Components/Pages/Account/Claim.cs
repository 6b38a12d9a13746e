using System.Security.Cryptography;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>The one-time link that makes the first administrator: only who can read the server's output can claim an unclaimed portal.</summary>
internal sealed class Claim(IServiceScopeFactory scopes, IServer server) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private string? token;

    /// <summary>What was printed; null: there is an administrator.</summary>
    public string? Link { get; private set; }

    public void Dispose() => one.Dispose();

    public async Task OfferAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
        if ((await users.GetUsersInRoleAsync(Roles.Administrator)).Count > 0) return;
        token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        Link = $"{Reachable(address)}/claim?token={token}";
        await Console.Out.WriteLineAsync($"No administrator yet. Create the first one here: {Link}");
    }

    public bool Fits(string? given) => token is { } mine && given is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(mine), System.Text.Encoding.UTF8.GetBytes(given));

    /// <returns>The fault to show; null: the administrator is there.</returns>
    public async Task<string?> TakeAsync(ClaimInput input, string? given)
    {
        await one.WaitAsync();
        try
        {
            if (!Fits(given)) return "This link is not valid any more.";
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
            var user = new HelpdeskUser { UserName = input.Email.Trim(), Email = input.Email.Trim(), EmailConfirmed = true, DisplayName = input.Name.Trim() };
            var result = await users.CreateAsync(user, input.Password);
            if (result.Succeeded) result = await users.AddToRoleAsync(user, Roles.Administrator);
            if (!result.Succeeded) return string.Join(" ", result.Errors.Select(error => error.Description));
            (token, Link) = (null, null);
            return null;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>An address to listen on ("http://[::]:5080", "http://*:5080") is not always one to go to.</summary>
    private static string Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? $"{binding.Scheme}://localhost:{binding.Port}" : address.TrimEnd('/');
    }
}
