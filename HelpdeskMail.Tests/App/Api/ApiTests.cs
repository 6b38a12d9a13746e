using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Access;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

/// <summary>What is true of every endpoint.</summary>
public sealed class ApiTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    public static TheoryData<string, string> AdministratorsOnly => new()
    {
        { "GET", "mailboxes" }, { "POST", "mailboxes" }, { "PUT", "mailboxes/1" }, { "POST", "mailboxes/1/test" }, { "POST", "mailboxes/1/fetch" }, { "GET", "mailboxes/1/ledger" }, { "POST", "mailboxes/1/reconcile" }, { "GET", "quarantine" }, { "POST", "quarantine/1/delete" },
        { "GET", "mailboxes/1/folders" }, { "GET", "mailboxes/1/preview" }, { "GET", "mailboxes/1/backfill?since=2026-01-01" }, { "POST", "mailboxes/1/backfill" }, { "POST", "quarantine/delete" }, { "POST", "replay" }, { "POST", "replay/preview" },
        { "GET", "filters" }, { "POST", "filters/trial" }, { "GET", "loops" }, { "POST", "loops/1/resume" }, { "GET", "confirmations" }, { "POST", "confirmations/1/done" },
        { "GET", "communications" }, { "POST", "inbound" }, { "POST", "explain" }, { "GET", "config" }, { "PUT", "config" },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task AnyEndpoint_WithoutGoodToken_Is401Problem(string? token)
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync(role: null);
        if (token is not null) api.DefaultRequestHeaders.Authorization = new("Bearer", token);
        foreach (var url in new[] { "tickets", "tickets/1", "messages/1/raw", "mailboxes", "config", "nothing/here" })
        {
            using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(AdministratorsOnly))]
    public async Task Configuration_WithAgentsToken_Is403Problem(string method, string url)
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync(Roles.Agent);
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        using var answer = await api.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("tickets/4711")]
    [InlineData("tickets/4711/messages")]
    [InlineData("messages/4711")]
    [InlineData("messages/4711/raw")]
    [InlineData("messages/4711/attachments/0")]
    [InlineData("mailboxes/4711")]
    [InlineData("mailboxes/4711/ledger")]
    [InlineData("mailboxes/4711/folders")]
    [InlineData("mailboxes/4711/preview")]
    [InlineData("mailboxes/4711/backfill?since=2026-01-01")]
    [InlineData("quarantine/4711")]
    [InlineData("communications/4711")]
    [InlineData("contact-requests/4711")]
    [InlineData("nothing/here")]
    public async Task WhatIsNotThere_Is404Problem(string url)
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync();
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        await Assert422.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Input_UnknownAndWrongFields_AreAllNamed()
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync();
        var errors = await Assert422.OfAsync(await api.PostAsJsonAsync("mailboxes", new { nam = "x", port = "many", encryption = "ssl", push = "yes", queue = "Nowhere" }));
        Assert.Equal(["encryption", "nam", "port", "push"], errors.Keys.Order());
        Assert.Contains("startTls", errors["encryption"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_MalformedJson_Is400Problem()
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync();
        using var body = new StringContent("{\"name\": ", Encoding.UTF8, "application/json");
        await Assert422.IsProblemAsync(await api.PostAsync(new Uri("mailboxes", UriKind.Relative), body), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("tickets?page=x", "page")]
    [InlineData("tickets?state=lost", "state")]
    [InlineData("tickets?queue=Nowhere", "queue")]
    [InlineData("tickets?cursor=bogus", "cursor")]
    [InlineData("contact-requests?state=lost", "state")]
    [InlineData("communications?level=loud", "level")]
    public async Task Query_WrongValue_IsNamed(string url, string parameter)
    {
        var portal = fixture.Portal;
        using var api = await portal.ApiAsync();
        var errors = await Assert422.OfAsync(await api.GetAsync(new Uri(url, UriKind.Relative)));
        Assert.Equal(parameter, Assert.Single(errors).Key);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryEndpoint()
    {
        var portal = fixture.Portal;
        using var client = new HttpClient();
        var document = await client.GetFromJsonAsync<JsonObject>(new Uri(portal.Url, "/openapi/v1.json"));
        var paths = document!["paths"]!.AsObject().Select(path => path.Key).ToList();
        string[] expected =
        [
            "/api/v1/tickets", "/api/v1/tickets/{id}", "/api/v1/tickets/{id}/messages", "/api/v1/messages/{id}/raw", "/api/v1/messages/{id}/attachments/{index}", "/api/v1/mailboxes", "/api/v1/mailboxes/{id}",
            "/api/v1/mailboxes/{id}/test", "/api/v1/mailboxes/{id}/fetch", "/api/v1/mailboxes/{id}/ledger", "/api/v1/mailboxes/{id}/folders", "/api/v1/mailboxes/{id}/preview", "/api/v1/mailboxes/{id}/backfill",
            "/api/v1/quarantine/{id}/reject", "/api/v1/quarantine/reject", "/api/v1/replay", "/api/v1/replay/preview", "/api/v1/filters", "/api/v1/filters/trial", "/api/v1/loops", "/api/v1/loops/{id}", "/api/v1/loops/{id}/resume",
            "/api/v1/confirmations", "/api/v1/confirmations/{id}", "/api/v1/confirmations/{id}/done", "/api/v1/confirmations/{id}/dismiss", "/api/v1/confirmations/{id}/reopen", "/api/v1/communications", "/api/v1/inbound", "/api/v1/explain", "/api/v1/config",
        ];
        Assert.All(expected, path => Assert.Contains(path, paths));
    }
}
