using System.Text;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Notices;
using Xunit;

namespace HelpdeskMail.Tests.Core.Notices;

public sealed class NoticeEditorTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ChangedWording_IsSent_AndTheOriginalComesBack(DatabaseProvider provider)
    {
        await using var desk = await NoticeDesk.StartAsync(provider);
        var editor = desk.Get<NoticeEditor>();
        Assert.Empty((await editor.SaveAsync(new NoticeDraft { Kind = NoticeKind.Registration, Language = " FR ", Subject = "Bonjour {customer}", Text = "{ticket}" })).Errors);

        await desk.TakeWithNoticesAsync("From: Ann <a@b.example>\nContent-Language: fr-CA\nMessage-ID: <1@b>\n\nsalut");
        Assert.Equal("Bonjour Ann", (await desk.NoticesAsync())[0].Mail.Subject);
        Assert.Equal(["en", "de", "fr"], (await editor.ListAsync())[0].Languages.Select(row => row.Language));

        await editor.ResetAsync(NoticeKind.Registration, "fr");
        await desk.TakeWithNoticesAsync("From: b@b.example\nContent-Language: fr\nMessage-ID: <2@b>\n\nsalut");
        Assert.StartsWith("We have received", (await desk.NoticesAsync())[1].Mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPlaceholders_AndLanguages_AreNamed()
    {
        await using var desk = await FlowDesk.StartAsync();
        var errors = (await desk.Get<NoticeEditor>().SaveAsync(new NoticeDraft { Kind = NoticeKind.TooLarge, Language = "English", Subject = "{ticket}", Text = "{size} {name}" })).Errors;
        Assert.Equal(["language", "subject", "text"], errors.Keys.Order());
        Assert.StartsWith("Nothing stands for {name}. Known: {customer}", errors["text"][0], StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Configuration_TakesAndGivesSwitchesAndWordings(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var lines = await ImportAsync(desk, """{ "notices": [ { "name": "loop", "enabled": false }, { "name": "refusal", "wordings": { "fr": { "subject": "Non", "text": "Non, {customer}." } } } ] }""");
        Assert.Contains("notices \"loop\" enabled: true → false", lines);
        var notices = (await desk.Get<ConfigurationExporter>().ExportAsync())["notices"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => item!);
        Assert.Equal((false, true), ((bool)notices["loop"]["enabled"]!, (bool)notices["refusal"]["enabled"]!));
        Assert.Equal("Non, {customer}.", (string)notices["refusal"]["wordings"]!["fr"]!["text"]!);
        Assert.Empty(await ImportAsync(desk, (await desk.Get<ConfigurationExporter>().ExportAsync()).ToJsonString()));

        await ImportAsync(desk, """{ "notices": [ { "name": "loop", "enabled": true }, { "name": "refusal", "wordings": { "fr": null } } ] }""");
        Assert.All(await desk.Get<NoticeEditor>().ListAsync(), row => Assert.True(row.Enabled && row.Languages.All(language => !language.Changed)));

        var wrong = await desk.Get<ConfigurationImporter>().ImportAsync(Encoding.UTF8.GetBytes("""{ "notices": [ { "name": "welcome" }, { "name": "loop", "wordings": { "en": { "text": "{size}" } } } ] }"""), dryRun: false);
        Assert.Equal(["notices[0].name", "notices[1].wordings.en.subject", "notices[1].wordings.en.text"], wrong.Errors.Keys.Order());
    }

    private static async Task<IReadOnlyList<string>> ImportAsync(FlowDesk desk, string json) =>
        SampleSetup.Saved(await desk.Get<ConfigurationImporter>().ImportAsync(Encoding.UTF8.GetBytes(json), dryRun: false));
}
