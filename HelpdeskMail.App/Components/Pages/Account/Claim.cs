using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>Prints the one-time link that makes the first administrator (<see cref="FirstAdministrator"/>), and takes what its page sends.</summary>
internal sealed class Claim(FirstAdministrator first, IServer server)
{
    /// <summary>What was printed; null: there is an administrator.</summary>
    public string? Link { get; private set; }

    public async Task OfferAsync()
    {
        if (await first.OfferAsync() is not { } token) return;
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        Link = $"{Reachable(address)}/claim?token={token}";
        await Console.Out.WriteLineAsync($"No administrator yet. Create the first one here: {Link}");
    }

    public Task<bool> FitsAsync(string? token) => first.FitsAsync(token);

    /// <returns>The fault to show; null: the administrator is there.</returns>
    public async Task<string?> TakeAsync(ClaimInput input, string? token)
    {
        var claimed = await first.ClaimAsync(token, input.Email, input.Name, input.Password);
        if (!claimed.Ok) return string.Join(" ", claimed.Errors.Values.SelectMany(texts => texts));
        Link = null;
        return null;
    }

    /// <summary>An address to listen on ("http://[::]:5080", "http://*:5080") is not always one to go to.</summary>
    private static string Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? $"{binding.Scheme}://localhost:{binding.Port}" : address.TrimEnd('/');
    }
}
