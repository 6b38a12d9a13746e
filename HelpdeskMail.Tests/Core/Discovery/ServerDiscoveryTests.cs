using System.Diagnostics;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Dns;
using Xunit;

namespace HelpdeskMail.Tests.Core.Discovery;

public sealed class ServerDiscoveryTests
{
    private const string Autoconfig = """
        <?xml version="1.0" encoding="UTF-8"?>
        <clientConfig version="1.1">
          <emailProvider id="example.test">
            <domain>example.test</domain>
            <incomingServer type="imap"><hostname>old.example.test</hostname><port>143</port><socketType>plain</socketType><username>%EMAILADDRESS%</username></incomingServer>
            <incomingServer type="imap"><hostname>mail.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
            <incomingServer type="pop3"><hostname>mail.example.test</hostname><port>110</port><socketType>STARTTLS</socketType></incomingServer>
            <outgoingServer type="smtp"><hostname>smtp.hoster.test</hostname><port>587</port><socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></outgoingServer>
          </emailProvider>
        </clientConfig>
        """;

    [Fact]
    public async Task KnownProvider_IsFoundWithoutAskingAnybody()
    {
        await using var network = await LocalNetwork.StartAsync();
        var found = await FindAsync(network, "someone@gmail.com");
        Assert.Equal("imap.gmail.com:993 pop.gmail.com:995 smtp.gmail.com:465", Hosts(found));
        Assert.Equal(("gmail", ServerStanding.KnownProvider), (found.Provider!.Key, found.Servers[0].Standing));
        Assert.Empty(network.Dns.Asked);
        Assert.Empty(network.Asked);
    }

    [Fact]
    public async Task SrvRecords_AreTaken_TheLowestPriorityFirst_ImplicitTlsBeforeStartTls()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Dns.Srv("_imap._tcp.example.test", 0, 1, 143, "imap.example.test").Srv("_imaps._tcp.example.test", 20, 1, 993, "backup.example.test").Srv("_imaps._tcp.example.test", 10, 1, 993, "imap.example.test")
            .Srv("_pop3s._tcp.example.test", 0, 0, 0, "").Srv("_submission._tcp.example.test", 0, 1, 587, "smtp.example.test").Srv("_submissions._tcp.example.test", 0, 1, 465, "smtp.example.test");
        var found = await FindAsync(network, "Help@Example.test");
        Assert.Equal("imap.example.test:993 smtp.example.test:465", Hosts(found));
        Assert.All(found.Servers, server => Assert.Equal((DiscoverySource.Srv, ServerStanding.SameDomain, Encryption.Tls, "Help@Example.test"), (server.Source, server.Standing, server.Encryption, server.UserName)));
    }

    [Fact]
    public async Task SrvOfAnotherDomain_IsMarked_UnlessItIsAProviderWeKnow()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Dns.Srv("_imaps._tcp.example.test", 0, 1, 993, "imap.evil-example.test").Srv("_submissions._tcp.example.test", 0, 1, 465, "smtp.gmail.com");
        var found = await FindAsync(network, "help@example.test");
        Assert.Equal((ServerStanding.OtherDomain, ServerStanding.KnownProvider), (found[MailService.Imap]!.Standing, found[MailService.Submission]!.Standing));
        Assert.Equal("gmail", found.Provider!.Key);
    }

    [Fact]
    public async Task Autoconfig_IsReadOverHttps_WithPlaceholdersFilled_AndPlainServersLeftOut()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Documents["https://autoconfig.example.test/mail/config-v1.1.xml"] = Autoconfig;
        var found = await FindAsync(network, "help@example.test");
        Assert.Equal("mail.example.test:993 mail.example.test:110 smtp.hoster.test:587", Hosts(found));
        Assert.Equal(("help", Encryption.Tls, ServerStanding.SameDomain), (found[MailService.Imap]!.UserName, found[MailService.Imap]!.Encryption, found[MailService.Imap]!.Standing));
        Assert.Equal(("help@example.test", ServerStanding.OtherDomain), (found[MailService.Submission]!.UserName, found[MailService.Submission]!.Standing));
        Assert.All(network.Asked, url => Assert.StartsWith("https://", url, StringComparison.Ordinal));
        Assert.All(network.Asked, url => Assert.DoesNotContain("help", url, StringComparison.Ordinal));
        Assert.False(network.HadCredentials);
    }

    [Fact]
    public async Task Autoconfig_AtTheWellKnownPlace_AndBehindARedirect_IsRead()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Redirects["https://example.test/.well-known/autoconfig/mail/config-v1.1.xml"] = "https://config.hoster.test/mail.xml";
        network.Documents["https://config.hoster.test/mail.xml"] = Autoconfig;
        Assert.NotNull((await FindAsync(network, "help@example.test"))[MailService.Imap]);
    }

    [Fact]
    public async Task Redirect_ToPlainHttp_IsNotFollowed()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Redirects["https://autoconfig.example.test/mail/config-v1.1.xml"] = "http://autoconfig.example.test/mail/config-v1.1.xml";
        Assert.Empty((await FindAsync(network, "help@example.test")).Servers);
    }

    [Theory]
    [InlineData("<!DOCTYPE clientConfig [<!ENTITY host \"evil.test\">]><clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>&host;</hostname><port>993</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>")]
    [InlineData("<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>a b</hostname><port>993</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>")]
    [InlineData("<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>a.test</hostname><port>99999</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>")]
    [InlineData("<html><body>not found</body></html>")]
    [InlineData("<clientConfig><emailProvider>")]
    [InlineData("")]
    public async Task HostileOrBrokenAutoconfig_BringsNothing(string xml)
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Documents["https://autoconfig.example.test/mail/config-v1.1.xml"] = xml;
        var found = await FindAsync(network, "help@example.test");
        Assert.Empty(found.Servers);
        Assert.Equal(DiscoveryState.Nothing, found.Steps.Single(step => step.Source == DiscoverySource.Autoconfig).State);
    }

    [Fact]
    public async Task OversizedAutoconfig_BringsNothing()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Documents["https://autoconfig.example.test/mail/config-v1.1.xml"] = Autoconfig.Replace("</clientConfig>", $"<!--{new string('x', 70_000)}--></clientConfig>", StringComparison.Ordinal);
        Assert.Empty((await FindAsync(network, "help@example.test")).Servers);
    }

    [Theory]
    [InlineData("aspmx.l.google.com", "gmail", "imap.gmail.com")]
    [InlineData("example-test.mail.protection.outlook.com", "microsoft365", "outlook.office365.com")]
    [InlineData("mx.yandex.net", "yandex", "imap.yandex.com")]
    [InlineData("mx.zoho.eu", "zohoeu", "imappro.zoho.eu")]
    [InlineData("in1-smtp.messagingengine.com", "fastmail", "imap.fastmail.com")]
    public async Task MailExchanger_TellsTheProvider(string exchange, string provider, string imap)
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Dns.Mx("example.test", 20, "backup.example.test").Mx("example.test", 10, exchange);
        var found = await FindAsync(network, "help@example.test");
        Assert.Equal((provider, imap, DiscoverySource.Mx, ServerStanding.KnownProvider), (found.Provider!.Key, found[MailService.Imap]!.Host, found[MailService.Imap]!.Source, found[MailService.Imap]!.Standing));
    }

    [Fact]
    public void MailExchanger_WhoseNameOnlyEndsAlike_IsNobody() => Assert.Null(MxProviders.OfExchange("mx.notgoogle.com"));

    [Fact]
    public async Task SurerSource_DecidesForEachService_AndTheOthersAddWhatItLacks()
    {
        await using var network = await LocalNetwork.StartAsync();
        network.Dns.Srv("_imaps._tcp.example.test", 0, 1, 993, "imap.example.test").Mx("example.test", 10, "aspmx.l.google.com");
        var found = await FindAsync(network, "help@example.test");
        Assert.Equal(("imap.example.test", "smtp.gmail.com"), (found[MailService.Imap]!.Host, found[MailService.Submission]!.Host));
    }

    [Fact]
    public async Task NothingAnywhere_IsToldApartFromNoNetwork_WithinSixSeconds()
    {
        await using var network = await LocalNetwork.StartAsync();
        var nothing = await FindAsync(network, "help@example.test");
        Assert.Equal((0, false, true), (nothing.Servers.Count, nothing.NoNetwork, nothing.NoSuchDomain));
        network.Dns.Mx("known.test", 10, "mx.known.test");
        Assert.False((await FindAsync(network, "help@known.test")).NoSuchDomain);

        await using var nowhere = await LocalNetwork.StartAsync();
        (nowhere.NoWeb, nowhere.OtherDns) = (true, new DnsOptions());
        var started = Stopwatch.GetTimestamp();
        var steps = new List<DiscoveryStep>();
        var silence = await new ServerDiscovery(nowhere, TimeProvider.System).FindAsync("help@example.test", new Steps(steps));
        Assert.True(silence.NoNetwork);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal(3, steps.Count(step => step.State == DiscoveryState.Looking));
        Assert.Equal(3, steps.Count(step => step.State == DiscoveryState.NoAnswer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("nobody@")]
    public async Task WhatIsNoAddress_IsNotLookedFor(string address)
    {
        await using var network = await LocalNetwork.StartAsync();
        Assert.Empty((await FindAsync(network, address)).Steps);
        Assert.Empty(network.Dns.Asked);
    }

    private static Task<DiscoveryResult> FindAsync(IDiscoveryNetwork network, string address) => new ServerDiscovery(network, TimeProvider.System).FindAsync(address);

    private static string Hosts(DiscoveryResult result) => string.Join(' ', result.Servers.OrderBy(server => server.Service).Select(server => $"{server.Host}:{server.Port}"));

    private sealed class Steps(List<DiscoveryStep> steps) : IProgress<DiscoveryStep>
    {
        public void Report(DiscoveryStep value)
        {
            lock (steps) steps.Add(value);
        }
    }
}
