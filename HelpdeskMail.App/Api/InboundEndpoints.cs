using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.App.Api;

internal static partial class InboundEndpoints
{
    public static void MapInbound(this RouteGroupBuilder api)
    {
        var inbound = api.MapGroup("").WithTags("Inbound");
        inbound.MapPost("/inbound", InboundAsync).WithSummary("Take a raw mail; answers once it is stored").Takes<byte[]>("message/rfc822").Produces<StoredJson>(StatusCodes.Status202Accepted);
        inbound.MapPost("/explain", ExplainAsync).WithSummary("What would be decided for a raw mail, and why; nothing is written").Takes<byte[]>("message/rfc822").Produces<ExplanationJson>();
    }

    private static async Task<IResult> InboundAsync(
        HttpContext http, MailIntake intake, MailOptions limits, StoredMailSignal signal, ILoggerFactory loggers, CancellationToken cancel, string? mailbox = null)
    {
        var (raw, refusal) = await RawBody.ReadAsync(http, limits, cancel);
        if (raw is null) return refusal!;
        try
        {
            var outcome = await intake.StoreAsync(raw, MailSourceKind.Inbound, mailbox, notices: true, cancel);
            if (!outcome.Ok) return ApiProblems.Invalid(outcome.Errors);
            signal.Set();
            return Results.Json(new StoredJson(outcome.Value), statusCode: StatusCodes.Status202Accepted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The sender keeps the mail and comes again; whatever the cause, that is the only safe answer.
            NotStored(loggers.CreateLogger(typeof(InboundEndpoints)), e);
            http.Response.Headers.RetryAfter = "60";
            return ApiProblems.Of(StatusCodes.Status503ServiceUnavailable, "Not stored", "The mail could not be stored. Try again later.");
        }
    }

    private static async Task<IResult> ExplainAsync(HttpContext http, MailProcessor processor, MailOptions limits, CancellationToken cancel, string? mailbox = null)
    {
        var (raw, refusal) = await RawBody.ReadAsync(http, limits, cancel);
        if (raw is null) return refusal!;
        var outcome = await processor.ExplainAsync(raw, mailbox, cancel);
        return outcome.Ok ? Results.Ok(ExplanationJson.Of(outcome.Value!)) : ApiProblems.Invalid(outcome.Errors);
    }

    [LoggerMessage(LogLevel.Error, "A mail that was handed over could not be stored")]
    private static partial void NotStored(ILogger logger, Exception e);
}

internal sealed record StoredJson(long Id);
