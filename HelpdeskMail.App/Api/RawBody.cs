using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace HelpdeskMail.App.Api;

/// <summary>A raw mail as the body of a request.</summary>
internal static class RawBody
{
    /// <returns>The bytes; or null and the answer to give.</returns>
    public static async Task<(byte[]? Raw, IResult? Refusal)> ReadAsync(HttpContext http, MailOptions limits, CancellationToken cancel)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limits.MaxMessageBytes;
        try
        {
            using var memory = new MemoryStream();
            await http.Request.Body.CopyToAsync(memory, cancel);
            return memory.Length > 0 ? (memory.ToArray(), null) : (null, ApiProblems.Invalid("body", "The body is empty: send the raw mail."));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ApiProblems.Of(StatusCodes.Status413PayloadTooLarge, "Too large", $"A mail may have at most {limits.MaxMessageBytes} bytes (Mail:MaxMessageBytes)."));
        }
    }
}
