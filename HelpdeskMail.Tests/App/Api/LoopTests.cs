using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.Core;
using Xunit;

namespace HelpdeskMail.Tests.App.Api;

public sealed class LoopTests
{
    [Fact]
    public async Task Loops_ListTellTheirStoryAndResume()
    {
        await using var portal = await RunningPortal.StartAsync();
        var departments = portal.Get<DepartmentEditor>();
        var department = SampleSetup.Saved(await departments.SaveDepartmentAsync(new() { Name = "Support" }));
        SampleSetup.Saved(await departments.SaveQueueAsync(new() { Name = "Support", DepartmentId = department }));
        Assert.True((await portal.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { [Parameters.LoopThreshold.Key] = "1" })).Ok);
        for (var i = 1; i <= 3; i++)
        {
            var raw = string.Create(CultureInfo.InvariantCulture, $"From: robot@machine.test\r\nSubject: Alarm {i}\r\nMessage-ID: <n{i}@machine.test>\r\n\r\nsomething is wrong");
            await portal.Get<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes(raw), MailSourceKind.Inbound, null, notices: false);
            await portal.Get<MailProcessor>().ProcessWaitingAsync();
        }
        using var api = await portal.ApiAsync();

        var list = await GetAsync(api, "loops?state=open");
        var id = (long)list["items"]![0]!["id"]!;
        var story = await GetAsync(api, $"loops/{id}");
        using var wrong = await api.PostAsJsonAsync(new Uri($"loops/{id}/resume", UriKind.Relative), new { release = true, allow = "everybody" });
        using var unknown = await api.PostAsJsonAsync(new Uri("loops/4711/resume", UriKind.Relative), new { release = true });
        using var resumed = await api.PostAsJsonAsync(new Uri($"loops/{id}/resume", UriKind.Relative), new { release = true, allow = "address" });

        Assert.Equal((1, "robot@machine.test", "stopped", 2), ((int)list["open"]!, (string?)list["items"]![0]!["sender"], (string?)list["items"]![0]!["state"], (int)story["waiting"]!));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.OK), (wrong.StatusCode, unknown.StatusCode, resumed.StatusCode));
        var after = JsonNode.Parse(await resumed.Content.ReadAsStringAsync())!;
        Assert.Equal((2, "allowed", "robot@machine.test", 0), ((int)after["taken"]!, (string?)after["story"]!["loop"]!["state"], (string?)after["story"]!["allowedBy"], (int)after["story"]!["waiting"]!));
        Assert.Empty((await GetAsync(api, "loops?state=open"))["items"]!.AsArray());
        Assert.Equal(3, (int)(await GetAsync(api, "tickets"))["total"]!);
    }

    private static async Task<JsonNode> GetAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
