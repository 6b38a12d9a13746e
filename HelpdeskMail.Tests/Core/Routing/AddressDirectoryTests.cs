using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class AddressDirectoryTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_ShowEveryAddress_WithWhatItIsForAndWhoUsesIt(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var directory = desk.Get<AddressDirectory>();
        var domains = desk.Get<AliasDomainEditor>();
        var shop = SampleSetup.Saved(await domains.SaveAsync(new() { Domain = "shop.test" }));
        var club = SampleSetup.Saved(await domains.SaveAsync(new() { Domain = "club.test", Catchall = "all", CompanyAddress = "office@club.test" }));
        SampleSetup.Saved(await domains.SaveAsync(new() { Id = shop, Domain = "shop.test", Catchall = "answers", IsDefault = true }));
        SampleSetup.Saved(await desk.Get<AliasEditor>().SaveAsync(new() { LocalPart = "info", AliasDomainId = shop, QueueId = desk.Sales, WhoMayWrite = WhoMayWrite.Customers, Refusal = "No." }));
        SampleSetup.Saved(await desk.Get<AliasEditor>().SaveAsync(new() { LocalPart = "help", AliasDomainId = shop, QueueId = desk.Support }));
        var office = SampleSetup.Saved(await desk.Get<SystemAddressEditor>().SaveAsync(new() { Address = "Office@partner.test", DisplayName = "The Office", QueueId = desk.Support, Comment = "since 1999" }));
        await using (var db = desk.Db())
        {
            await db.Queues.Where(queue => queue.Id == desk.Sales).ExecuteUpdateAsync(set => set.SetProperty(queue => queue.SystemAddressId, office));
            await db.Departments.ExecuteUpdateAsync(set => set.SetProperty(department => department.AliasDomainId, club));
        }

        var rows = await directory.DomainsAsync();
        Assert.Equal([("shop.test", true, 2, ""), ("club.test", false, 0, "Helpdesk")], rows.Select(row => (row.Domain, row.IsDefault, row.Aliases, string.Join(',', row.Departments))));
        Assert.Equal(("answers@shop.test", "bounce@shop.test", "catchall"), (rows[0].CatchallAddress, rows[0].BounceAddress, Assert.Single(rows[0].Retired).LocalPart));
        Assert.Equal("club.test", Assert.Single(await directory.DomainsAsync("HELPDESK")).Domain);
        Assert.Equal("shop.test", Assert.Single(await directory.DomainsAsync("catchall@shop")).Domain);

        var alias = Assert.Single((await directory.AliasesAsync(new AddressFilter("FO@Shop.test"))).Items);
        Assert.Equal(("info@shop.test", "Sales", WhoMayWrite.Customers, true), (alias.Address, alias.Queue, alias.WhoMayWrite, alias.HasRefusal));
        Assert.Equal("help@shop.test", Assert.Single((await directory.AliasesAsync(new AddressFilter("support"))).Items).Address);
        Assert.Empty((await directory.AliasesAsync(new AddressFilter(DomainId: club))).Items);
        Assert.Equal("No.", (await directory.AliasDraftAsync(alias.Id))!.Refusal);

        var address = Assert.Single((await directory.SystemAddressesAsync(new AddressFilter("1999"))).Items);
        Assert.Equal(("office@partner.test", "Support", Validity.Valid, "Sales"), (address.Address, address.Queue, address.Validity, string.Join(',', address.UsedBy)));
        Assert.Equal("The Office", (await directory.SystemAddressDraftAsync(office))!.DisplayName);
        Assert.Null(await directory.DomainDraftAsync(999));

        var department = Assert.Single(await desk.Get<DepartmentDirectory>().ListAsync());
        Assert.Equal(("club.test", "all@club.test"), (department.AliasDomain, department.CatchallAddress));
        Assert.Equal(["info@shop.test", "help@shop.test"], department.Queues.OrderBy(queue => queue.Name).Select(queue => queue.CreationAddress));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task TenThousandAliases_ArePagedAndSearched_AndAQueueShowsItsOldestInItsDomain(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await using (var db = desk.Db())
        {
            var (shop, club) = (new AliasDomain { Domain = "shop.test", IsDefault = true }, new AliasDomain { Domain = "club.test" });
            db.AddRange(shop, club);
            await db.SaveChangesAsync();
            db.AddRange(Enumerable.Range(0, 10_000).Select(index => new Alias { LocalPart = $"a{index:00000}", AliasDomainId = index % 2 == 0 ? club.Id : shop.Id, QueueId = desk.Support }));
            await db.SaveChangesAsync();
        }
        var directory = desk.Get<AddressDirectory>();

        var last = await directory.AliasesAsync(new AddressFilter(Page: 200, PageSize: 50));
        Assert.Equal((10_000, 50, "a09950@club.test", "a09999@shop.test"), (last.Total, last.Items.Count, last.Items[0].Address, last.Items[^1].Address));
        var found = await directory.AliasesAsync(new AddressFilter("A0777", Page: 1, PageSize: 5));
        Assert.Equal((10, 5, "a07770@club.test"), (found.Total, found.Items.Count, found.Items[0].Address));
        var queues = Assert.Single(await desk.Get<DepartmentDirectory>().ListAsync()).Queues;
        Assert.Equal("a00001@shop.test", queues.Single(queue => queue.Id == desk.Support).CreationAddress);
        Assert.Null(queues.Single(queue => queue.Id == desk.Sales).CreationAddress);
    }
}
