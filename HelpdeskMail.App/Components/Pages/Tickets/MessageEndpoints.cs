using System.Collections.Frozen;
using System.Net;
using HelpdeskMail.App.Resources;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using Microsoft.Extensions.Localization;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>
/// What ticket pages take of messages by URL: HTML for the sandboxed frame, inline pictures, files, the raw source. Everything here was written by
/// strangers, so every answer forbids scripts by its own policy, whatever it is opened in.
/// </summary>
internal static class MessageEndpoints
{
    /// <summary>Picture formats that can't hold script; SVG can.</summary>
    private static readonly FrozenSet<string> Pictures = new[] { "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Harmless = Pictures.Concat(
        ["application/pdf", "application/zip", "application/msword", "application/vnd.ms-excel", "text/plain", "text/csv", "text/calendar", "message/rfc822"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsPicture(string type) => Pictures.Contains(type);

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messages/{id:long}").RequireAuthorization().ExcludeFromDescription();
        messages.MapGet("/html", HtmlAsync);
        messages.MapGet("/inline", InlineAsync);
        messages.MapGet("/raw", RawAsync);
        messages.MapGet("/attachments/{index:int}", AttachmentAsync);
        routes.MapGet("/delivery-news/{id:long}/raw", ReportAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/mails/{id:long}/raw", StoredAsync).RequireAuthorization(policy => policy.RequireRole(Roles.Administrator)).ExcludeFromDescription();
    }

    private static async Task<IResult> HtmlAsync(long id, bool? remote, MessageContents contents, IStringLocalizer<TicketTexts> texts, HttpContext http, CancellationToken cancel)
    {
        if (await contents.OfAsync(id, cancel) is not { Html: { } html }) return Results.NotFound();
        var allowed = remote is true;
        Guard(http, $"default-src 'none'; img-src 'self' data:{(allowed ? " https: http:" : "")}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox");
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        var clean = MailHtml.Clean(html, allowed, cid => $"/messages/{id}/inline?cid={Uri.EscapeDataString(cid)}");
        var cut = clean.Truncated ? $"<p><em>{WebUtility.HtmlEncode(texts["HtmlCut"])}</em></p>" : "";
        return Results.Content(
            $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light\"><title>{WebUtility.HtmlEncode(texts["MailBody"])}</title><style>{FrameStyle}</style></head><body>{clean.Html}{cut}</body></html>",
            "text/html; charset=utf-8");
    }

    private static async Task<IResult> InlineAsync(long id, string cid, MessageFiles files, HttpContext http, CancellationToken cancel)
    {
        if (await files.InlineAsync(id, cid, cancel) is not { } file || !IsPicture(file.Type)) return Results.NotFound();
        Guard(http, "default-src 'none'; sandbox");
        http.Response.Headers.CacheControl = "private, max-age=86400, immutable"; // a message never changes
        return Results.Bytes(file.Bytes, file.Type);
    }

    private static async Task<IResult> RawAsync(long id, bool? download, MessageFiles files, HttpContext http, CancellationToken cancel)
    {
        if (await files.RawAsync(id, cancel) is not { } raw) return Results.NotFound();
        Guard(http, "default-src 'none'; sandbox");
        return download is true ? Results.File(raw, "message/rfc822", $"message-{id}.eml") : Results.Bytes(raw, "text/plain; charset=utf-8");
    }

    /// <summary>A stored mail that may be in no ticket.</summary>
    private static async Task<IResult> StoredAsync(long id, bool? download, StoredMailQueries mails, HttpContext http, CancellationToken cancel)
    {
        if (await mails.RawAsync(id, cancel) is not { Length: > 0 } raw) return Results.NotFound();
        Guard(http, "default-src 'none'; sandbox");
        return download is true ? Results.File(raw, "message/rfc822", $"mail-{id}.eml") : Results.Bytes(raw, "text/plain; charset=utf-8");
    }

    /// <summary>The report that told of a sent message: it is in no ticket, but whoever sees the message may see it.</summary>
    private static async Task<IResult> ReportAsync(long id, bool? download, NewsQueries news, HttpContext http, CancellationToken cancel)
    {
        if (await news.RawAsync(id, cancel) is not { Length: > 0 } raw) return Results.NotFound();
        Guard(http, "default-src 'none'; sandbox");
        return download is true ? Results.File(raw, "message/rfc822", $"report-{id}.eml") : Results.Bytes(raw, "text/plain; charset=utf-8");
    }

    private static async Task<IResult> AttachmentAsync(long id, int index, MessageFiles files, HttpContext http, CancellationToken cancel)
    {
        if (await files.AttachmentAsync(id, index, cancel) is not { } file) return Results.NotFound();
        Guard(http, "default-src 'none'; sandbox");
        var name = file is { Name.Length: 0, Type: "text/calendar" } ? "meeting.ics" : FileNames.Safe(file.Name, index);
        return Results.File(file.Bytes, Harmless.Contains(file.Type) ? file.Type : "application/octet-stream", name);
    }

    private static void Guard(HttpContext http, string policy)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private const string FrameStyle =
        "html{background:#fff;color:#1c2430;color-scheme:light}" +
        "body{margin:0;display:flow-root;font:15px/1.5 Roboto,system-ui,sans-serif;overflow-wrap:anywhere;overflow-y:hidden}" +
        "img{max-width:100%}pre{white-space:pre-wrap}a{color:#1f5bb5}" +
        "blockquote{margin:.5em 0;padding-left:1em;border-left:2px solid #c9d0d9}" +
        "img[data-remote-src]{display:inline-block;min-width:16px;min-height:16px;background:#f0f2f5;outline:1px dashed #8a94a3;outline-offset:-1px}" +
        "img[data-remote-pixel]{min-width:0;min-height:0;background:none;outline:0;visibility:hidden}";
}
