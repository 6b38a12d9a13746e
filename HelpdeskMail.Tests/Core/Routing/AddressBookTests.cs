using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class AddressBookTests
{
    private static readonly AliasDomain Main = new()
    {
        Id = 1,
        Domain = "helpdesk.test",
        IsDefault = true,
        Retired = { new RetiredAddress { LocalPart = "all", Role = AddressRole.Catchall }, new RetiredAddress { LocalPart = "returned", Role = AddressRole.Bounce } },
    };

    /// <summary>Was renamed twice; another domain has one of the names today.</summary>
    private static readonly AliasDomain Renamed = new()
    {
        Id = 3,
        Domain = "new.test",
        Retired = { new RetiredAddress { LocalPart = "replies", Role = AddressRole.Catchall } },
        EarlierNames = { new RetiredDomain { Domain = "old.test" }, new RetiredDomain { Domain = "hilfe-für-dich.test" } },
    };

    private static readonly AliasDomain Umlaut = new() { Id = 2, Domain = "hilfe-für-dich.test" };

    private static readonly Alias[] Aliases =
    [
        new() { Id = 1, LocalPart = "info", AliasDomainId = 1, QueueId = 10 },
        new() { Id = 2, LocalPart = "sales", AliasDomainId = 1, QueueId = 20, LocalPartDetection = true },
        new() { Id = 3, LocalPart = "info", AliasDomainId = 2, QueueId = 30 },
        new() { Id = 4, LocalPart = "info", AliasDomainId = 3, QueueId = 40 },
        new() { Id = 5, LocalPart = "orders", AliasDomainId = 3, QueueId = 40 },
    ];

    [Theory]
    [InlineData("info@helpdesk.test", "alias 1")]
    [InlineData("INFO@Helpdesk.Test", "alias 1")]
    [InlineData("info+t12-abc@helpdesk.test", "alias 1")]
    [InlineData("info@hilfe-für-dich.test", "alias 3")]
    [InlineData("info@xn--hilfe-fr-dich-2ob.test", "alias 3")]
    [InlineData("sales@helpdesk.test", "alias 2")]
    [InlineData("sales@hilfe-für-dich.test", "alias 2 by local part")]
    [InlineData("catchall@helpdesk.test", "catch-all 1")]
    [InlineData("catchall@hilfe-für-dich.test", "catch-all 2")]
    [InlineData("all@helpdesk.test", "catch-all 1, retired")]
    [InlineData("bounce+x@helpdesk.test", "bounce 1")]
    [InlineData("returned@helpdesk.test", "bounce 1, retired")]
    [InlineData("info@new.test", "alias 4")]
    [InlineData("info@old.test", "alias 4")]
    [InlineData("sales@old.test", "alias 2 by local part")]
    [InlineData("catchall+t12-abc@old.test", "catch-all 3, retired")]
    [InlineData("replies@old.test", "catch-all 3, retired")]
    [InlineData("bounce@old.test", "bounce 3, retired")]
    [InlineData("orders@hilfe-für-dich.test", "alias 5")] // an earlier name of one domain and the name of another: the other's own come first
    [InlineData("support@elsewhere.test", "mailbox box")]
    [InlineData("office@elsewhere.test", "address Office")]
    [InlineData("sales@elsewhere.test", null)] // N6: the local part alone would match, but the domain isn't ours
    [InlineData("infos@helpdesk.test", null)]
    [InlineData("sales@helpdesk.test.evil.test", null)]
    [InlineData("sales", null)]
    [InlineData("", null)]
    public void Find_TellsWhatAnAddressIsFor(string address, string? use) => Assert.Equal(use, Say(Book().Find(address)));

    [Theory]
    [InlineData("sales@partner.test", "alias 2 by local part")]
    [InlineData("sales@helpdesk.test", null)]
    [InlineData("info@helpdesk.test", null)]
    [InlineData("catchall@helpdesk.test", "catch-all 1")] // replies to mail that is out already still find their way
    public void Find_WithAllowedDomains_MatchesAliasesOnlyThere(string address, string? use) => Assert.Equal(use, Say(Book("partner.test").Find(address)));

    [Theory]
    [InlineData("old.test", "info@new.test")]
    [InlineData("new.test", "info@old.test")]
    public void AllowedDomain_IsMeantUnderAllItsNames(string allowed, string address) => Assert.Equal("alias 4", Say(Book(allowed).Find(address)));

    [Theory]
    [InlineData("sales@helpdesk.test", true)]
    [InlineData("bounce@helpdesk.test", true)]
    [InlineData("smtp@elsewhere.test", true)]
    [InlineData("alice@customer.test", false)]
    public void IsOwn_KnowsEveryAddressOfOurs(string address, bool own) => Assert.Equal(own, Book().IsOwn(address));

    private static AddressBook Book(params string[] allowed) => new(
        [Renamed, Main, Umlaut],
        Aliases,
        [new SystemAddress { Id = 1, Address = "office@elsewhere.test", DisplayName = "Office", QueueId = 10 }],
        [new Mailbox { Id = 1, Name = "box", Address = "support@elsewhere.test", Host = "h", UserName = "u", QueueId = 10 }],
        ["smtp@elsewhere.test"],
        allowed);

    private static string? Say(AddressUse? use) => use switch
    {
        null => null,
        AddressUse.OfAlias alias => $"alias {alias.Alias.Id}{(alias.ByLocalPart ? " by local part" : "")}",
        AddressUse.OfCatchall catchall => $"catch-all {catchall.Domain.Id}{(catchall.Retired ? ", retired" : "")}",
        AddressUse.OfBounce bounce => $"bounce {bounce.Domain.Id}{(bounce.Retired ? ", retired" : "")}",
        AddressUse.OfSystemAddress address => $"address {address.Address.DisplayName}",
        AddressUse.OfMailbox mailbox => $"mailbox {mailbox.Mailbox.Name}",
        _ => throw new InvalidOperationException("Unknown use."),
    };
}
