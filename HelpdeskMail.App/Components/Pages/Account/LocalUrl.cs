namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>Where to go after logging in: only ever a page of this portal, whatever a link says (open redirects).</summary>
internal static class LocalUrl
{
    public static string OrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
