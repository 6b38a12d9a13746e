using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

internal static class Assert422
{
    /// <summary>The faults by field of an answer that must be a 422 problem.</summary>
    public static async Task<Dictionary<string, string[]>> OfAsync(HttpResponseMessage answer) =>
        (await IsProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"].Deserialize<Dictionary<string, string[]>>()!;

    public static async Task<JsonObject> IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = JsonNode.Parse(text)!.AsObject();
            Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
            Assert.False(string.IsNullOrEmpty((string?)problem["detail"]));
            return problem;
        }
    }
}
