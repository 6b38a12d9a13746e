using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Tests.Core;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class FilterTests
{
    [Fact]
    public async Task Trial_TellsWhatAFilterWouldHaveDone_AndSavesNothing()
    {
        await using var portal = await RunningPortal.StartAsync();
        var departments = portal.Get<DepartmentEditor>();
        var department = SampleSetup.Saved(await departments.SaveDepartmentAsync(new() { Name = "Support" }));
        SampleSetup.Saved(await departments.SaveQueueAsync(new() { Name = "Support", DepartmentId = department }));
        SampleSetup.Saved(await departments.SaveQueueAsync(new() { Name = "Billing", DepartmentId = department }));
        foreach (var subject in new[] { "Invoice 1", "Printer", "invoice 2" })
            await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes($"From: ann@customer.example\r\nSubject: {subject}\r\n\r\nx"), MailSourceKind.Inbound, null, notices: false);
        await portal.Get<MailProcessor>().ProcessWaitingAsync();
        using var api = await portal.ApiAsync();

        using var tried = await api.PostAsJsonAsync(new Uri("filters/trial?mails=50", UriKind.Relative), Filter("Billing"));
        using var wrong = await api.PostAsJsonAsync(new Uri("filters/trial", UriKind.Relative), Filter("Nowhere"));
        using var unknown = await api.PostAsJsonAsync(new Uri("filters/trial", UriKind.Relative), new { nonsense = 1 });

        var result = JsonNode.Parse(await tried.Content.ReadAsStringAsync())!;
        Assert.Equal((3, 2, 2), ((int)result["examined"]!, (int)result["effects"]!["moves"]!, result["matches"]!.AsArray().Count));
        Assert.Equal("Support → Billing", (string?)result["matches"]![0]!["detail"]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, unknown.StatusCode));
        Assert.Contains("actions[0].value", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (int)(await GetAsync(api, "filters"))["total"]!);
    }

    [Fact]
    public async Task List_PointsOutWhatCanNeverMatch()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var api = await portal.ApiAsync();
        using var saved = await api.PutAsJsonAsync(new Uri("config", UriKind.Relative), new
        {
            version = 1,
            filters = new object[]
            {
                new { name = "a", stop = true, conditions = new[] { new { field = "Subject", @operator = "contains", value = "bill" } }, actions = new[] { new { set = "tag", value = "one" } } },
                new { name = "b", conditions = new[] { new { field = "Subject", @operator = "equals", value = "the bill" } }, actions = new[] { new { set = "tag", value = "two" } } },
            },
        });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);

        var items = (await GetAsync(api, "filters"))["items"]!.AsArray();

        Assert.Equal(["a", "b"], items.Select(item => (string?)item!["filter"]!["name"]));
        Assert.Empty(items[0]!["advice"]!.AsArray());
        Assert.Equal(("shadowed", "a"), ((string?)items[1]!["advice"]![0]!["kind"], (string?)items[1]!["advice"]![0]!["subject"]));
    }

    private static object Filter(string queue) =>
        new { name = "bills", conditions = new[] { new { field = "Subject", @operator = "startsWith", value = "invoice" } }, actions = new[] { new { set = "queue", value = queue } } };

    private static async Task<JsonNode> GetAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
