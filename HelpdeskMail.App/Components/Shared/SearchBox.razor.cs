using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Shared;

public sealed partial class SearchBox(NavigationManager navigation) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private CancellationTokenSource? typing;
    private string? text;
    private string? written;

    /// <summary>The query parameter.</summary>
    [Parameter] public string Name { get; set; } = "q";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>What the URL says now.</summary>
    [Parameter] public string? Value { get; set; }

    public void Dispose()
    {
        typing?.Cancel();
        typing?.Dispose();
    }

    // A URL that changed by other means (back button, link) wins; one that only lags behind the typing doesn't.
    protected override void OnParametersSet()
    {
        if (string.Equals(Value ?? "", written ?? "", StringComparison.Ordinal) && text is not null) return;
        text = written = Value ?? "";
    }

    private async Task TypedAsync(ChangeEventArgs change)
    {
        text = change.Value?.ToString() ?? "";
        typing?.Cancel();
        typing?.Dispose();
        typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, typing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        written = text.Trim();
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [Name] = written.Length > 0 ? written : null, ["page"] = null }), replace: true);
    }
}
