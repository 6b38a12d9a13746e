using HelpdeskMail.Core.Fetching;
using Microsoft.AspNetCore.Mvc;

namespace HelpdeskMail.App.Api;

/// <summary>Errors as application/problem+json (RFC 9457), with the faults of fields under "errors".</summary>
internal static class ApiProblems
{
    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "Not found", what);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    public static IResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Results.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "The request is not valid",
            Detail = string.Join(" ", errors.Select(pair => pair.Key.Length == 0 ? string.Join(" ", pair.Value) : $"{pair.Key}: {string.Join(" ", pair.Value)}")),
            Extensions = { ["errors"] = errors },
        });

    public static IResult Invalid(string field, string text) => Invalid(new Dictionary<string, string[]> { [field] = [text] });

    /// <summary>A mail server that could not be asked: its words and what mends it under "error".</summary>
    public static IResult NotAsked(FetchError error) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status502BadGateway,
        Title = "The server could not be asked",
        Detail = error.Text,
        Extensions = { ["error"] = error },
    });

    public static IResult Of(int status, string title, string detail) => Results.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail });

    /// <summary>For whoever answers outside an endpoint: authentication, unknown paths, faults.</summary>
    public static Task WriteAsync(HttpContext http, int status, string title, string detail) => Of(status, title, detail).ExecuteAsync(http);
}
