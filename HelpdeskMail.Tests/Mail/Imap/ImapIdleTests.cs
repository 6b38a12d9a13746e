using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Imap;

public sealed class ImapIdleTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigFact]
    public async Task WaitForMail_MailArrives_Returns_AndTheConnectionGoesOn()
    {
        var user = rig.NewUser();
        await using var client = await InboxAsync(user, TransportOptions.Default);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var waiting = client.WaitForMailAsync(client.Arrivals, null, bound.Token);
        await rig.DeliverLmtpAsync(user, "Subject: new\n\nx\n");

        Assert.True(await waiting);
        Assert.Single(await client.UidSearchAsync(ImapSearch.All));
    }

    [RigFact]
    public async Task WaitForMail_Stopped_ReturnsAtOnce_AndTheConnectionGoesOn()
    {
        await using var client = await InboxAsync(rig.NewUser(), TransportOptions.Default);
        using var stop = new CancellationTokenSource();
        var waiting = client.WaitForMailAsync(client.Arrivals, null, stop.Token);
        await Eventually.TrueAsync(() => client.Trace.Lines.Any(line => line.Text.StartsWith("+ idling", StringComparison.Ordinal)), TimeSpan.FromSeconds(10), "IDLE began");
        await stop.CancelAsync();

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        await client.NoopAsync();
    }

    [RigFact]
    public async Task WaitForMail_LongerThanTheRenewal_AsksAgain()
    {
        var user = rig.NewUser();
        await using var client = await InboxAsync(user, new TransportOptions { Deadlines = new Deadlines { IdleRenewal = TimeSpan.FromMilliseconds(50) } });
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var waiting = client.WaitForMailAsync(client.Arrivals, null, bound.Token);
        await Eventually.TrueAsync(() => client.Trace.Lines.Count(line => line.Text.EndsWith(" IDLE", StringComparison.Ordinal)) > 2, TimeSpan.FromSeconds(10), "IDLE was renewed twice");
        await rig.DeliverLmtpAsync(user, "Subject: new\n\nx\n");
        Assert.True(await waiting);
    }

    private async Task<ImapClient> InboxAsync(RigUser user, TransportOptions options)
    {
        var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls), options);
        await client.LoginAsync(user.Credentials());
        await client.SelectAsync("INBOX");
        return client;
    }
}
