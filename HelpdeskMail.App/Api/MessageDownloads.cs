using HelpdeskMail.Core.Tickets;
using Microsoft.Net.Http.Headers;

namespace HelpdeskMail.App.Api;

/// <summary>Bytes that strangers wrote, handed out so that no browser runs them: never sniffed, never shown in our origin's name.</summary>
internal static class MessageDownloads
{
    /// <summary>What may be shown inside a page: pictures that can't carry script (so no SVG).</summary>
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase) { "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp" };

    /// <summary>The same for the portal's pages, by cookie; "inline" serves the pictures of the message itself.</summary>
    public static void MapMessageDownloads(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messages/{id:long}").ExcludeFromDescription();
        messages.MapGet("/raw", RawAsync);
        messages.MapGet("/attachments/{index:int}", AttachmentAsync);
        messages.MapGet("/inline", InlineAsync);
    }

    public static async Task<IResult> RawAsync(long id, HttpContext http, MessageFiles files, CancellationToken cancel)
    {
        if (await files.RawAsync(id, cancel) is not { } raw) return ApiProblems.NotFound($"Message {id} is not there, or was never a mail.");
        return Send(http, raw, "message/rfc822", $"message-{id}.eml", inline: false);
    }

    public static async Task<IResult> AttachmentAsync(long id, int index, HttpContext http, MessageFiles files, CancellationToken cancel)
    {
        if (await files.AttachmentAsync(id, index, cancel) is not { } file) return ApiProblems.NotFound($"Message {id} has no file {index}.");
        return Send(http, file.Bytes, file.Type, file.Name, inline: false);
    }

    private static async Task<IResult> InlineAsync(long id, string cid, HttpContext http, MessageFiles files, CancellationToken cancel)
    {
        if (await files.InlineAsync(id, cid, cancel) is not { } file || !Pictures.Contains(file.Type)) return ApiProblems.NotFound($"Message {id} has no picture {cid}.");
        return Send(http, file.Bytes, file.Type, file.Name, inline: true);
    }

    private static IResult Send(HttpContext http, byte[] bytes, string type, string name, bool inline)
    {
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(string.IsNullOrWhiteSpace(name) ? "attachment" : name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(bytes, MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.MediaType.Value : "application/octet-stream");
    }
}
