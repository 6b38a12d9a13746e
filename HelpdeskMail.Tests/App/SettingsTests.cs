using HelpdeskMail.App;
using HelpdeskMail.App.Composition;
using Xunit;

namespace HelpdeskMail.Tests.App;

public sealed class SettingsTests
{
    [Fact]
    public void WrongSettings_OneMessage_NamesEveryKey()
    {
        var wrong = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = "somewhere",
            ["Database:Provider"] = "Oracle",
            ["Database:MaxBatchSize"] = "-1",
            ["ConnectionStrings:Helpdesk"] = "Colour=blue",
            ["Mail:AllowedPorts"] = "143, 99999",
            ["Mail:MaxMessageBytes"] = "many",
            ["Mail:AlowedPorts"] = "143",
            ["Jobs:Enabled"] = "perhaps",
            ["Data:Directory"] = typeof(SettingsTests).Assembly.Location,
        };

        var refused = Assert.Throws<SettingsException>(() => HelpdeskApp.Build(wrong));

        Assert.All(wrong.Keys, key => Assert.Contains(key, refused.Message, StringComparison.Ordinal));
        Assert.Equal(wrong.Count, refused.Faults.Count);
    }

    [Theory]
    [InlineData("PostgreSql", "Data Source=data/helpdesk.db")]
    [InlineData("PostgreSql", "Database=helpdesk")]
    [InlineData("SqlServer", "Database=helpdesk")]
    [InlineData("Sqlite", "Host=localhost")]
    public void ConnectionString_OfAnotherProvider_IsRefused(string provider, string connectionString)
    {
        var refused = Assert.Throws<SettingsException>(() => HelpdeskApp.Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider,
            ["ConnectionStrings:Helpdesk"] = connectionString,
        }));
        Assert.StartsWith("ConnectionStrings:Helpdesk", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("")]
    public void Settings_EmptyOrInAnotherCase_AreGood(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-settings-");
        using var host = HelpdeskApp.BuildTool(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Database:Provider"] = provider, ["Data:Directory"] = folder.FullName, ["Jobs:Enabled"] = "" });
        folder.Delete(recursive: true);
    }
}
