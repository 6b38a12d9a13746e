using HelpdeskMail.E2E.Fixtures;
using HelpdeskMail.E2E.PageModels;
using Xunit;

namespace HelpdeskMail.E2E.Journeys;

/// <summary>What an administrator reads when a mailbox cannot be reached: the server's words and what they mean.</summary>
public sealed class ConnectionFaultTests(MailRig rig) : IClassFixture<MailRig>
{
    [JourneyFact]
    public async Task TestConnection_EveryFault_SaysWhatIsWrong()
    {
        var closed = RigPorts.FindFree().Imaps;
        var (portal, visitor) = await PortalConfiguration.OpenAsync(rig, rig.NewUser(), closed);
        await using var _ = portal;
        await using var __ = visitor;
        await Journey.RunAsync(visitor, async _ =>
        {
            var user = rig.NewUser();
            var form = new MailboxForm(visitor);
            await form.OpenNewAsync();
            await form.FillAccountAsync(user, "Support");
            await form.FillServerAsync(MailRig.Host, "TLS from the start (IMAPS)", rig.Ports.Imaps);

            await form.StartTestAsync();
            var untrusted = await form.Test.FailedAsync("certificate");
            Assert.Contains(rig.CertificateSha256, untrusted.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
            await visitor.ShotAsync("test-certificate");
            await form.Test.TrustAsync();
            await form.Test.PassedAsync();
            await visitor.ShotAsync("test-passed");

            await form.FillAsync("password", "not-the-password");
            await form.StartTestAsync();
            await form.Test.FailedAsync("Authentication failed"); // Dovecot's own words
            await visitor.ShotAsync("test-password");
            await form.FillAsync("password", user.Password);

            await form.FillAsync("host", "no-such-host.invalid");
            await form.StartTestAsync();
            await form.Test.FailedAsync("no-such-host.invalid");

            await form.FillServerAsync(MailRig.Host, "TLS from the start (IMAPS)", closed);
            await form.StartTestAsync();
            await form.Test.FailedAsync("refused");
            await visitor.ShotAsync("test-closed-port");
        });
    }
}
