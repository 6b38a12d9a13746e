using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class ProviderPresetsTests
{
    [Theory]
    [InlineData("Jemand@GMX.de", "gmx")]
    [InlineData("someone@gmail.com", "gmail")]
    [InlineData("кто@yandex.ru", "yandex")]
    [InlineData("someone@notgmail.com", null)]
    [InlineData("someone@helpdesk.test", null)]
    public void OfAddress_IsTheProviderOfTheDomain(string address, string? key) => Assert.Equal(key, ProviderPresets.OfAddress(address)?.Key);

    [Fact]
    public void OfHost_OfMicrosoftsSharedServer_IsMicrosoft365() => Assert.Equal("microsoft365", ProviderPresets.OfHost("Outlook.office365.com")?.Key);

    [Fact]
    public void All_CanBeSavedWithTheDefaultPorts_AndNoDomainHasTwoProviders()
    {
        Assert.All(ProviderPresets.All, preset =>
        {
            Assert.True(PortList.Default.Contains(preset.Imap.Port) && PortList.Default.Contains(preset.Pop3?.Port ?? 995), preset.Key);
            Assert.All(new[] { preset.Imap, preset.Pop3, preset.Smtp }.OfType<ServerPreset>(), server =>
                Assert.Equal(server.Port is 587 ? Encryption.StartTls : Encryption.Tls, server.Encryption));
            Assert.NotEmpty(preset.Note);
        });
        var domains = ProviderPresets.All.SelectMany(preset => preset.Domains).ToList();
        Assert.Equal(domains.Distinct(), domains);
        Assert.Equal(ProviderPresets.All.Count, ProviderPresets.All.Select(preset => preset.Key).Distinct().Count());
    }
}
