using Bunit;
using HelpdeskMail.App.Components.Pages.Addresses;
using HelpdeskMail.App.Components.Pages.Departments;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.AspNetCore.Components;
using Radzen;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Addresses;

public sealed class AddressPagesTests
{
    [Fact]
    public async Task FirstDomain_IsTheDefault_AndStandsInTheList()
    {
        await using var portal = await PortalContext.StartAsync();
        var form = portal.Render<AliasDomainForm>();
        form.WaitForElement("#domain").Change("shop.test");
        Assert.True(form.Find("#default").HasAttribute("disabled"));
        Assert.Contains("catchall@shop.test", form.Find("ol.route").TextContent, StringComparison.Ordinal);
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.EndsWith("/addresses", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal));

        var row = portal.Render<AliasDomainList>().WaitForElement("tr[data-domain='shop.test']").TextContent;
        Assert.Contains("bounce@shop.test", row, StringComparison.Ordinal);
        Assert.Contains("default", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedCatchall_IsWarnedOf_AndTheOldAddressIsListedAfterwards()
    {
        await using var portal = await PortalContext.StartAsync();
        var domain = await DomainAsync(portal);
        var form = portal.Render<AliasDomainForm>(parameters => parameters.Add(page => page.Id, domain));
        form.WaitForElement("#catchall");
        Assert.Empty(form.FindAll(".notice-warn"));
        form.Find("#catchall").Change("answers");
        Assert.Contains("catchall@shop.test", form.Find(".notice-warn").TextContent, StringComparison.Ordinal);
        await form.Find("form").SubmitAsync();

        var again = portal.Render<AliasDomainForm>(parameters => parameters.Add(page => page.Id, domain));
        again.WaitForAssertion(() => Assert.Contains("catchall@shop.test", again.Find("[aria-labelledby=retired-title]").TextContent, StringComparison.Ordinal));
        again.Find("#domain").Change("other.test");
        Assert.Contains("They go on working", again.Find(".notice-warn").TextContent, StringComparison.Ordinal);
        await again.Find("form").SubmitAsync();

        var renamed = portal.Render<AliasDomainForm>(parameters => parameters.Add(page => page.Id, domain));
        Assert.Contains("shop.test", renamed.WaitForElement("[data-earlier]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Formerly shop.test", portal.Render<AliasDomainList>().WaitForElement("[data-domain]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DomainWithAliases_IsNotRemoved_AndItSaysWhy()
    {
        await using var portal = await PortalContext.StartAsync();
        var domain = await DomainAsync(portal);
        await Saved(portal.Get<AliasEditor>().SaveAsync(new() { LocalPart = "info", AliasDomainId = domain, QueueId = await portal.QueueAsync() }));
        var form = portal.Render<AliasDomainForm>(parameters => parameters.Add(page => page.Id, domain));
        var click = form.WaitForElement("button.rz-danger").ClickAsync(new());
        await form.InvokeAsync(() => portal.Get<DialogService>().Close(true)); // "Remove" in the dialog
        await click.WaitAsync(TimeSpan.FromSeconds(20));

        form.WaitForAssertion(() => Assert.Contains("It holds 1 alias", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alias_FaultsStandAtTheirFields_AndTheRefusalOnlyWhereSomebodyIsRefused()
    {
        await using var portal = await PortalContext.StartAsync();
        var domain = await DomainAsync(portal);
        var form = portal.Render<AliasForm>();
        form.WaitForElement("#localPart").Change("bounce");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("bounce address", form.Find("#localPart-error").TextContent, StringComparison.Ordinal));
        Assert.NotNull(form.Find("#queue-error"));
        Assert.Empty(form.FindAll("#refusal"));
        var queue = await portal.QueueAsync("Sales");
        portal.Get<NavigationManager>().NavigateTo($"/addresses/aliases/new?queue={queue}"); // from the queue's row
        form = portal.Render<AliasForm>();
        form.WaitForElement("#localPart").Change("Info");
        form.Find("#whoMayWrite-1").Change(true);
        form.Find("#refusal").Change("Please become a customer first.");
        Assert.Contains("info@shop.test becomes a ticket in Sales", form.Find(".leads-to").TextContent, StringComparison.Ordinal);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.EndsWith("/addresses/aliases", portal.Get<NavigationManager>().Uri, StringComparison.Ordinal));
        var row = Assert.Single((await portal.Get<AddressDirectory>().AliasesAsync(new AddressFilter())).Items);
        Assert.Equal(("info@shop.test", domain, WhoMayWrite.Customers, true), (row.Address, row.AliasDomainId, row.WhoMayWrite, row.HasRefusal));
        var list = portal.Render<AliasList>();
        Assert.Contains("Known customers", list.WaitForElement("tr[data-alias='info@shop.test']").TextContent, StringComparison.Ordinal);
        Assert.Contains("info@shop.test", portal.Render<DepartmentsPage>().WaitForElement("tr[data-queue=Sales] .copyable").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SystemAddressInUse_StaysValid_AndTheFaultNamesTheQueue()
    {
        await using var portal = await PortalContext.StartAsync();
        var queue = await portal.QueueAsync("Sales");
        var address = await Saved(portal.Get<SystemAddressEditor>().SaveAsync(new() { Address = "office@partner.test", DisplayName = "Office", QueueId = queue }));
        var page = portal.Render<DepartmentsPage>();
        await page.WaitForElement("tr[data-queue=Sales] [aria-label='Edit Sales']").ClickAsync(new());
        page.WaitForElement("#systemAddress").Change("1");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Sends from office@partner.test", page.Find("tr[data-queue=Sales]").TextContent, StringComparison.Ordinal));

        var form = portal.Render<SystemAddressForm>(parameters => parameters.Add(view => view.Id, address));
        form.WaitForElement("#validity").Change("1");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("Sales", form.Find("#validity-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(Validity.Valid, (await portal.Get<AddressDirectory>().SystemAddressDraftAsync(address))!.Validity);
        Assert.Contains("Sales", portal.Render<SystemAddressList>().WaitForElement("tr[data-address='office@partner.test']").TextContent, StringComparison.Ordinal);
    }

    private static async Task<long> DomainAsync(PortalContext portal) => await Saved(portal.Get<AliasDomainEditor>().SaveAsync(new() { Domain = "shop.test" }));

    private static async Task<long> Saved(Task<Outcome<long>> saving)
    {
        var outcome = await saving;
        Assert.Empty(outcome.Errors);
        return outcome.Value;
    }
}
