using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace HelpdeskMail.Tests.App;

/// <summary>A browser without script: keeps cookies, fills in forms, follows nothing by itself.</summary>
internal sealed class Browser(Uri portal) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(30) };

    public async Task<Page> GetAsync(string url) => await PageOf(await client.GetAsync(new Uri(portal, url)));

    /// <summary>Sends the page's form, with its hidden fields, to where it says.</summary>
    public async Task<Page> SubmitAsync(Page page, params (string Name, string Value)[] fields)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>("form") ?? throw new InvalidOperationException($"No form on the page: {page.Text}");
        var values = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => KeyValuePair.Create(input.Name!, input.Value)).ToList();
        values.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var content = new FormUrlEncodedContent(values);
        return await PageOf(await client.PostAsync(new Uri(portal, form.GetAttribute("action") ?? page.Url), content));
    }

    public async Task<Page> LogInAsync(string email, string password, string query = "") =>
        await SubmitAsync(await GetAsync("/account/login" + query), ("Input.Email", email), ("Input.Password", password));

    public async Task<Page> PostAsync(string url, HttpContent content) => await PageOf(await client.PostAsync(new Uri(portal, url), content));

    /// <summary>The answer as it came, headers and all.</summary>
    public Task<HttpResponseMessage> FetchAsync(string url) => client.GetAsync(new Uri(portal, url));

    public void Dispose() => client.Dispose();

    private static async Task<Page> PageOf(HttpResponseMessage response)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync();
            return new Page(response.RequestMessage!.RequestUri!.PathAndQuery, response.StatusCode, response.Headers.Location?.OriginalString, html, new HtmlParser().ParseDocument(html));
        }
    }
}

internal sealed record Page(string Url, HttpStatusCode Status, string? Location, string Html, IDocument Document)
{
    public string Text => Document.Body?.TextContent.Trim() ?? "";

    /// <summary>What the page reports to a screen reader.</summary>
    public string Alert => Document.QuerySelector("[role=alert], .validation-message")?.TextContent.Trim() ?? "";
}
