using System.Net;
using System.Net.Sockets;
using HelpdeskMail.Mail.Dns;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Dns;

public sealed class DnsClientTests
{
    [Fact]
    public async Task Srv_IsRead_WithADotForNotAvailable()
    {
        await using var server = new LocalNameServer();
        server.Srv("_imaps._tcp.example.test", 10, 5, 993, "Imap.Example.TEST").Srv("_pop3s._tcp.example.test", 0, 0, 0, "");
        var dns = new DnsClient(server.Options);

        var imap = Assert.Single((await dns.QueryAsync("_imaps._tcp.Example.test.", DnsRecordType.Srv)).Of<DnsRecord.Srv>());
        Assert.Equal((10, 5, 993, "imap.example.test"), (imap.Priority, imap.Weight, imap.Port, imap.Target));
        Assert.Equal("", Assert.Single((await dns.QueryAsync("_pop3s._tcp.example.test", DnsRecordType.Srv)).Of<DnsRecord.Srv>()).Target);
    }

    [Fact]
    public async Task NameThatDoesNotExist_AndNameWithoutSuchRecords_AreToldApart()
    {
        await using var server = new LocalNameServer();
        server.Mx("example.test", 10, "mx.example.test");
        var dns = new DnsClient(server.Options);

        Assert.Equal(DnsStatus.NoSuchName, (await dns.QueryAsync("nowhere.test", DnsRecordType.Mx)).Status);
        var none = await dns.QueryAsync("example.test", DnsRecordType.Srv);
        Assert.Equal((DnsStatus.Ok, 0), (none.Status, none.Records.Count));
    }

    [Fact]
    public async Task Alias_IsFollowedWithinTheAnswer()
    {
        await using var server = new LocalNameServer();
        server.CName("www.example.test", "host.example.test").A("host.example.test", "192.0.2.7");
        var address = Assert.Single((await new DnsClient(server.Options).QueryAsync("www.example.test", DnsRecordType.A)).Of<DnsRecord.Address>());
        Assert.Equal(IPAddress.Parse("192.0.2.7"), address.Value);
    }

    [Fact]
    public async Task Txt_StringsBecomeOneText()
    {
        await using var server = new LocalNameServer();
        server.Txt("example.test", "v=spf1 include:a.test ", "-all");
        var answer = await new DnsClient(server.Options).QueryAsync("example.test", DnsRecordType.Txt);
        Assert.Equal("v=spf1 include:a.test -all", Assert.Single(answer.Of<DnsRecord.Txt>()).Text);
    }

    [Fact]
    public async Task TruncatedAnswer_IsAskedForAgainOverTcp()
    {
        await using var server = new LocalNameServer();
        for (var i = 0; i < 40; i++) server.Mx("example.test", i, $"mx-with-a-rather-long-name-{i}.example.test");
        server.OverUdp = answer => [[.. answer[..2], (byte)(answer[2] | 0x02), .. answer[3..200]]];
        Assert.Equal(40, (await new DnsClient(server.Options).QueryAsync("example.test", DnsRecordType.Mx)).Records.Count);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task ForgedAnswers_WithOtherIdOrOtherQuestion_ArePassedOver()
    {
        await using var server = new LocalNameServer();
        server.A("example.test", "192.0.2.1");
        server.OverUdp = answer =>
        {
            var otherId = (byte[])[(byte)(answer[0] ^ 1), .. answer[1..^1], 66];
            var otherName = (byte[])[.. answer[..13], (byte)'x', .. answer[14..^1], 66];
            var noAnswer = (byte[])[.. answer[..2], 0x01, .. answer[3..]];
            return [otherId, otherName, noAnswer, answer[..11], answer];
        };
        var address = Assert.Single((await new DnsClient(server.Options).QueryAsync("example.test", DnsRecordType.A)).Of<DnsRecord.Address>());
        Assert.Equal(IPAddress.Parse("192.0.2.1"), address.Value);
    }

    [Fact]
    public async Task RecordsNobodyAskedFor_AreLeftOut()
    {
        await using var server = new LocalNameServer();
        server.A("example.test", "192.0.2.1");
        var planted = (byte[])[.. LocalNameServer.Name("bank.test"), 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 66];
        server.OverUdp = answer => [[.. answer[..7], 2, .. answer[8..], .. planted]];
        var address = Assert.Single((await new DnsClient(server.Options).QueryAsync("example.test", DnsRecordType.A)).Of<DnsRecord.Address>());
        Assert.Equal("example.test", address.Name);
    }

    [Fact]
    public async Task SilentServer_EndsAsTimeout_AndTheNextOneIsAsked()
    {
        await using var silent = new LocalNameServer { OverUdp = _ => [] };
        await using var good = new LocalNameServer();
        good.A("example.test", "192.0.2.1");
        var patience = TimeSpan.FromMilliseconds(200);

        Assert.Equal(DnsStatus.Timeout, (await new DnsClient(silent.Options with { Patience = patience }).QueryAsync("example.test", DnsRecordType.A)).Status);
        var both = new DnsOptions { Servers = [silent.EndPoint, good.EndPoint], Patience = patience };
        Assert.Single((await new DnsClient(both).QueryAsync("example.test", DnsRecordType.A)).Records);
    }

    [Fact]
    public async Task NobodyThere_IsUnreachable()
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = (IPEndPoint)free.LocalEndPoint!;
        free.Close();
        Assert.Equal(DnsStatus.Unreachable, (await new DnsClient(new DnsOptions { Servers = [port] }).QueryAsync("example.test", DnsRecordType.A)).Status);
        Assert.Equal(DnsStatus.Unreachable, (await new DnsClient(new DnsOptions()).QueryAsync("example.test", DnsRecordType.A)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("exa mple.test")]
    [InlineData("a\r\nb.test")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234.test")]
    public async Task WhatIsNoName_IsNotAsked(string name) =>
        Assert.Equal(DnsStatus.BadName, (await new DnsClient(new DnsOptions()).QueryAsync(name, DnsRecordType.A)).Status);

    [Fact]
    public async Task InternationalName_IsAskedForInAscii()
    {
        await using var server = new LocalNameServer();
        server.Mx("xn--mller-kva.test", 1, "mx.test");
        Assert.Single((await new DnsClient(server.Options).QueryAsync("Müller.test", DnsRecordType.Mx)).Records);
    }
}
