using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Http.Features;

namespace HelpdeskMail.App.Api;

internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder api)
    {
        var messages = api.MapGroup("").WithTags("Messages");
        messages.MapGet("/tickets/{id:long}/messages", ListAsync).WithSummary("The messages of a ticket, oldest first").Produces<Listing<MessageJson>>();
        messages.MapPost("/tickets/{id:long}/messages", PostAsync).WithSummary("Answer, or write an internal note").Takes<MessagePost>().Produces<MessageJson>(StatusCodes.Status201Created);
        messages.MapGet("/messages/{id:long}", GetAsync).WithSummary("A message").Produces<MessageJson>();
        messages.MapGet("/messages/{id:long}/raw", MessageDownloads.RawAsync).WithSummary("The mail as it came or went").Produces<byte[]>(contentType: "message/rfc822");
        messages.MapGet("/messages/{id:long}/attachments/{index:int}", MessageDownloads.AttachmentAsync).WithSummary("A file of a message").Produces<byte[]>(contentType: "application/octet-stream");
    }

    private static async Task<IResult> ListAsync(long id, TicketQueries tickets, CancellationToken cancel)
    {
        if (await tickets.GetAsync(id, cancel) is null) return ApiProblems.NotFound($"There is no ticket {id}.");
        var messages = await tickets.MessagesAsync(id, cancel);
        return Results.Ok(new Listing<MessageJson>([.. messages.Select(MessageJson.Of)], messages.Count, null));
    }

    private static async Task<IResult> GetAsync(long id, TicketQueries tickets, CancellationToken cancel) =>
        await tickets.MessageAsync(id, cancel) is { } view ? Results.Ok(MessageJson.Of(view)) : ApiProblems.NotFound($"There is no message {id}.");

    private static async Task<IResult> PostAsync(long id, HttpContext http, TicketQueries tickets, ReplyWriter writer, MailOptions limits, CancellationToken cancel)
    {
        // Base64 makes four bytes of three.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = (limits.MaxMessageBytes * 4 / 3) + (1024 * 1024);
        if (await tickets.GetAsync(id, cancel) is null) return ApiProblems.NotFound($"There is no ticket {id}.");
        var body = await JsonBody<MessagePost>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;

        var post = body.Value;
        var draft = new ReplyDraft
        {
            Text = post.Text,
            Html = post.Html,
            To = [.. (post.To ?? []).Select(input => input.Address)],
            Cc = [.. (post.Cc ?? []).Select(input => input.Address)],
            Internal = post.Internal,
            Attachments = [.. (post.Attachments ?? []).Select(file => new ReplyAttachment(file.Name, file.Type, file.Base64))],
        };
        var outcome = await writer.WriteAsync(id, draft, http.Caller(), cancel);
        if (!outcome.Ok) return ApiProblems.Invalid(outcome.Errors);
        var view = await tickets.MessageAsync(outcome.Value, cancel);
        return Results.Created($"/api/v1/messages/{outcome.Value}", MessageJson.Of(view!));
    }
}
