using Bunit;
using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Dns;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

public sealed class MailboxFormTests
{
    [Fact]
    public async Task RefusedSave_ShowsEachFaultAtItsField()
    {
        await using var portal = await PortalContext.StartAsync();
        var form = portal.Render<MailboxForm>();
        form.WaitForElement("#port").Change("8993");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("8993", form.Find("#port-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", form.Find("#port").GetAttribute("aria-invalid"));
        Assert.Contains("port-error", form.Find("#port").GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.NotNull(form.Find("#queue-error"));
        Assert.NotNull(form.Find("#password-error"));
        Assert.Contains("Not saved yet", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewMailbox_SavedWithOnlyQueuePreselected_OpensItsPage()
    {
        await using var portal = await PortalContext.StartAsync();
        var queue = await portal.QueueAsync();
        var form = portal.Render<MailboxForm>();
        form.WaitForElement("#address").Change("support@example.test");
        form.Find("#host").Change("imap.example.test");
        form.Find("#password").Change("secret");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Matches("/mailboxes/[0-9]+$", portal.Get<NavigationManager>().Uri));
        var draft = (await portal.Get<MailboxDirectory>().DraftAsync((await portal.Get<MailboxDirectory>().ListAsync())[0].Id))!;
        Assert.Equal(("support@example.test", "imap.example.test", 993, queue), (draft.UserName, draft.Host, draft.Port, draft.QueueId));
    }

    [Fact]
    public async Task KnownAddress_ChoosesItsProvider_AndFillsTheServerOfTheProtocol()
    {
        await using var portal = await PortalContext.StartAsync();
        var form = portal.Render<MailboxForm>();
        form.WaitForElement("#address").Change("someone@gmail.com");
        Assert.Equal("imap.gmail.com", form.Find("#host").GetAttribute("value"));
        Assert.Contains("app password", form.Find(".field .notice").TextContent, StringComparison.Ordinal);

        form.Find("#protocol").Change("1");
        Assert.Equal("pop.gmail.com", form.Find("#host").GetAttribute("value"));
        Assert.Equal("995", form.Find("#port").GetAttribute("value"));
        Assert.Empty(form.FindAll("#folder"));
    }

    [Theory]
    [InlineData("imap.example.test", "imap.example.test")]
    [InlineData("imap.elsewhere.test", "")]
    public async Task ServersOfTheDomainItself_FillTheForm_OthersOnlyWhenAsked(string target, string host)
    {
        await using var portal = await PortalContext.StartAsync();
        var network = (SilentNetwork)portal.Get<IDiscoveryNetwork>();
        network.Records["_imaps._tcp.example.test Srv"] = new DnsRecord.Srv("_imaps._tcp.example.test", TimeSpan.Zero, 0, 0, 993, target);
        var form = portal.Render<MailboxForm>();
        form.WaitForElement("#address").Change("help@example.test");

        form.WaitForAssertion(() => Assert.Contains(target, form.Find(".found-servers").TextContent, StringComparison.Ordinal));
        Assert.Equal(host, form.Find("#host").GetAttribute("value") ?? "");
        if (host.Length > 0) return;
        Assert.Contains("does not belong to example.test", form.Find(".found-servers .warn").TextContent, StringComparison.Ordinal);
        await form.Find(".found-server button").ClickAsync(new());
        Assert.Equal(target, form.Find("#host").GetAttribute("value"));
    }

    [Fact]
    public async Task PersonsAddress_IsWarnedOf()
    {
        await using var portal = await PortalContext.StartAsync();
        var form = portal.Render<MailboxForm>();
        form.WaitForElement("#address").Change("anna.schmidt@gmail.com");
        form.WaitForAssertion(() => Assert.Contains("looks like a person's name", form.Markup, StringComparison.Ordinal));
        form.Find("#address").Change("support@gmail.com");
        form.WaitForAssertion(() => Assert.DoesNotContain("person's name", form.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherFolder_TakesTheAccountOver_WithoutItsPasswordInThePage()
    {
        await using var portal = await PortalContext.StartAsync();
        var id = await SavedAsync(portal);
        portal.Get<NavigationManager>().NavigateTo($"mailboxes/new?from={id}");
        var form = portal.Render<MailboxForm>();
        Assert.Equal("imap.example.test", form.WaitForElement("#host").GetAttribute("value"));
        Assert.DoesNotContain("secret-1", form.Markup, StringComparison.Ordinal);
        form.Find("#name").Change("bills");
        form.Find("#folder").Change("Bills");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Matches("/mailboxes/[0-9]+$", portal.Get<NavigationManager>().Uri));
        Assert.Equal(2, (await portal.Get<MailboxDirectory>().ListAsync()).Count);
    }

    [Fact]
    public async Task SavedPassword_IsNeverInTheForm_AndStaysWhenLeftEmpty()
    {
        await using var portal = await PortalContext.StartAsync();
        var id = await SavedAsync(portal);
        var form = portal.Render<MailboxForm>(with => with.Add(page => page.Id, id));
        var password = form.WaitForElement("#password");
        Assert.Equal("", password.GetAttribute("value") ?? "");
        Assert.Equal("Saved; leave empty to keep", password.GetAttribute("placeholder"));
        Assert.DoesNotContain("secret-1", form.Markup, StringComparison.Ordinal);

        form.Find("#comment").Change("looked after by Ada");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.EndsWith($"/mailboxes/{id}", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal));
        var draft = await portal.Get<MailboxDirectory>().DraftAsync(id);
        Assert.True(draft!.HasSavedPassword);
        Assert.Equal("looked after by Ada", draft.Comment);
    }

    [Fact]
    public async Task UnknownMailbox_IsSaidSo()
    {
        await using var portal = await PortalContext.StartAsync();
        var form = portal.Render<MailboxForm>(with => with.Add(page => page.Id, 4711));
        form.WaitForAssertion(() => Assert.Contains("There is no such mailbox", form.Find("h1").TextContent, StringComparison.Ordinal));
    }

    internal static async Task<long> SavedAsync(PortalContext portal, string name = "support")
    {
        var queue = await portal.QueueAsync(name);
        var saved = await portal.Get<MailboxEditor>().SaveAsync(new MailboxDraft
        {
            Name = name,
            Address = $"{name}@example.test",
            Host = "imap.example.test",
            UserName = name,
            Password = "secret-1",
            QueueId = queue,
        });
        Assert.Empty(saved.Errors);
        return saved.Value;
    }
}
