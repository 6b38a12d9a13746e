using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class PersonalMailboxTests
{
    [Theory]
    [InlineData("anna.schmidt@firm.test", 1)]
    [InlineData("j.smith@firm.test", 1)]
    [InlineData("jean-luc.picard@firm.test", 1)]
    [InlineData("support@firm.test", 0)]
    [InlineData("customer.service@firm.test", 0)]
    [InlineData("it-support@firm.test", 0)]
    [InlineData("orders+eu@firm.test", 0)]
    [InlineData("route66.x@firm.test", 0)]
    [InlineData("", 0)]
    public void Address_OfAPersonOrOfARole(string address, int signs) => Assert.Equal(signs, PersonalMailbox.Signs(address).Count);

    [Fact]
    public void ManyFoldersAndSentMails_SpeakForAPerson_ButNotAtARolesAddress()
    {
        List<FolderChoice> folders = [.. Enumerable.Range(0, 25).Select(i => new FolderChoice($"Project {i}", null, true, 3, 0)), new("Sent", "Sent", true, 2_000, 0)];
        Assert.Equal(2, PersonalMailbox.Signs("boss@firm.test", folders).Count);
        Assert.Empty(PersonalMailbox.Signs("info@firm.test", folders));
    }
}
