using HelpdeskMail.Core.Tickets;
using Microsoft.Net.Http.Headers;

namespace HelpdeskMail.App.Api;

/// <summary>Bytes that strangers wrote, handed out so that no browser runs them: never sniffed, never shown in our origin's name. The pages have their own, by cookie.</summary>
internal static class MessageDownloads
{
    public static async Task<IResult> RawAsync(long id, HttpContext http, MessageFiles files, CancellationToken cancel)
    {
        if (await files.RawAsync(id, cancel) is not { } raw) return ApiProblems.NotFound($"Message {id} is not there, or was never a mail.");
        return Send(http, raw, "message/rfc822", $"message-{id}.eml");
    }

    public static async Task<IResult> AttachmentAsync(long id, int index, HttpContext http, MessageFiles files, CancellationToken cancel)
    {
        if (await files.AttachmentAsync(id, index, cancel) is not { } file) return ApiProblems.NotFound($"Message {id} has no file {index}.");
        return Send(http, file.Bytes, file.Type, file.Name);
    }

    private static IResult Send(HttpContext http, byte[] bytes, string type, string name)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(string.IsNullOrWhiteSpace(name) ? "attachment" : name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(bytes, MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.MediaType.Value : "application/octet-stream");
    }
}
