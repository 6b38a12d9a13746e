using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Shared;

public sealed partial class DiscoveryPanel(ServerDiscovery discovery) : IDisposable, IProgress<DiscoveryStep>
{
    private readonly List<DiscoveryStep> steps = [];
    private CancellationTokenSource? search;
    private DiscoveryResult? result;
    private bool searching;

    [Parameter, EditorRequired] public string Address { get; set; } = "";

    /// <summary>What the form can use, the first choice first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<MailService> Services { get; set; } = [];

    /// <summary>The form takes this server over.</summary>
    [Parameter] public EventCallback<FoundServer> Take { get; set; }

    /// <summary>A known provider is behind it: its notes apply.</summary>
    [Parameter] public EventCallback<ProviderPreset> ProviderFound { get; set; }

    /// <summary>What the form holds now.</summary>
    [Parameter] public ServerPreset? Current { get; set; }

    private IReadOnlyList<FoundServer> Wanted => [.. Services.Select(service => result?[service]).OfType<FoundServer>()];

    public void Dispose()
    {
        search?.Cancel();
        search?.Dispose();
    }

    // From any thread, as each way of looking ends.
    void IProgress<DiscoveryStep>.Report(DiscoveryStep value) => _ = InvokeAsync(() =>
    {
        steps.RemoveAll(step => step.Source == value.Source);
        steps.Add(value);
        StateHasChanged();
    });

    /// <param name="fill">Take the best server over at once, if it is one that can be taken without asking (RFC 6186 §6).</param>
    public async Task FindAsync(string? address = null, bool fill = false)
    {
        search?.Cancel();
        search?.Dispose();
        search = new CancellationTokenSource();
        var cancel = search.Token;
        (searching, result) = (true, null);
        steps.Clear();
        StateHasChanged();
        try
        {
            result = await discovery.FindAsync(address ?? Address, this, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return; // another search has begun, or the page was left
        }

        searching = false;
        if (result.Provider is { } provider) await ProviderFound.InvokeAsync(provider);
        // Whoever has typed a server meanwhile meant it.
        if (fill && (Current is null || Current.Host.Length == 0) && Wanted.FirstOrDefault(server => server.Standing != ServerStanding.OtherDomain) is { } best) await Take.InvokeAsync(best);
        StateHasChanged();
    }

    /// <summary>For another address: what was found for the one before is no longer true.</summary>
    public void Forget()
    {
        search?.Cancel();
        (searching, result) = (false, null);
        steps.Clear();
    }

    private bool IsTaken(FoundServer server) => Current is { } now && now.Host.Equals(server.Host, StringComparison.OrdinalIgnoreCase) && now.Port == server.Port;
}
