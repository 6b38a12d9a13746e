using System.Text.RegularExpressions;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;

namespace HelpdeskMail.App.Api;

/// <summary>The HTTP API under /api/v1 (API.md).</summary>
internal static partial class HelpdeskApi
{
    /// <summary>Tickets and messages.</summary>
    private const string AgentPolicy = "api-agent";

    /// <summary>Everything.</summary>
    private const string AdministratorPolicy = "api-administrator";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(AgentPolicy, policy => policy.AddAuthenticationSchemes(BearerTokens.SchemeName).RequireRole(Roles.Agent, Roles.Administrator))
            .AddPolicy(AdministratorPolicy, policy => policy.AddAuthenticationSchemes(BearerTokens.SchemeName).RequireRole(Roles.Administrator));
        services.ConfigureHttpJsonOptions(json => HelpdeskJson.Set(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddSingleton<MailboxReader>();
    }

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var agent = routes.MapGroup("/api/v1").RequireAuthorization(AgentPolicy).DisableAntiforgery().WithProblems();
        agent.MapTickets();
        agent.MapMessages();
        agent.MapContactRequests();

        var administrator = routes.MapGroup("/api/v1").RequireAuthorization(AdministratorPolicy).DisableAntiforgery().WithProblems();
        administrator.MapMailboxes();
        administrator.MapMailboxLooks();
        administrator.MapLedger();
        administrator.MapQuarantine();
        administrator.MapReplay();
        administrator.MapFilters();
        administrator.MapLoops();
        administrator.MapConfirmations();
        administrator.MapCommunications();
        administrator.MapInbound();
        administrator.MapConfiguration();

        routes.Map("/api/{**path}", (HttpContext http) => ApiProblems.NotFound($"There is no {http.Request.Method} {http.Request.Path}."))
            .RequireAuthorization(AgentPolicy).DisableAntiforgery().ExcludeFromDescription();
        routes.MapOpenApi().AllowAnonymous();
    }

    /// <summary>Whatever goes wrong under /api is told as problem+json, never as a page.</summary>
    public static void UseApiErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = RefusalAsync,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException, // the caller's mistake, not ours
        });
        app.UseStatusCodePages(context => ApiProblems.WriteAsync(
            context.HttpContext, context.HttpContext.Response.StatusCode, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(context.HttpContext.Response.StatusCode), $"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path}"));
    }

    private static RouteGroupBuilder WithProblems(this RouteGroupBuilder group) => group
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task RefusalAsync(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is not (null or BadHttpRequestException) && DatabaseFault.IsStorage(error)) // a bad request counts as an IOException
        {
            // Not the caller's fault and perhaps soon over: who hands mail over must keep it and come again (503, not 500).
            http.Response.Headers.RetryAfter = "60";
            return ApiProblems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "The database can't be used now", "Try again later.");
        }

        if (error is not BadHttpRequestException bad)
            return ApiProblems.WriteAsync(http, StatusCodes.Status500InternalServerError, "Something went wrong", $"The server could not do that. The administrator finds it in the log under {http.TraceIdentifier}.");
        return BadParameter().Match(bad.Message) is { Success: true } match
            ? ApiProblems.Invalid(match.Groups["name"].Value, $"\"{match.Groups["value"].Value}\" is not a value of this parameter.").ExecuteAsync(http)
            : ApiProblems.WriteAsync(http, bad.StatusCode, "The request is not valid", bad.Message);
    }

    [GeneratedRegex(@"^Failed to bind parameter ""\S+ (?<name>\w+)"" from ""(?<value>.*)""\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex BadParameter();
}
