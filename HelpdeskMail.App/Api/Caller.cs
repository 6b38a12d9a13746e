using HelpdeskMail.Core.Access;

namespace HelpdeskMail.App.Api;

internal static class CallerExtensions
{
    /// <summary>Whoever calls the API, for the history of what was changed.</summary>
    public static Actor Caller(this HttpContext http) => new(null, $"API ({http.User.Identity?.Name})");
}
