using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpdeskMail.App.Api;

/// <summary>What the OpenAPI document says beyond the endpoints themselves.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "HelpdeskMail", Version = "v1", Description = "Errors are application/problem+json. Lists are { items, total, next }: pass next back as cursor." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[BearerTokens.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of \"token create\"" };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerTokens.SchemeName, document)] = [] }];
            document.Servers = [];
            return Task.CompletedTask;
        });
    }

    /// <summary>Says what the body is. (Accepts() would also match by it, and a request of another type would then find no endpoint instead of hearing what is wrong.)</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string contentType = "application/json") =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancel) => operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [contentType] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancel) } },
        });
}
