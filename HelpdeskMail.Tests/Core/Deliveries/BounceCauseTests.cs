using HelpdeskMail.Core.Deliveries;
using Xunit;

namespace HelpdeskMail.Tests.Core.Deliveries;

public sealed class BounceCauseTests
{
    [Theory]
    [InlineData("5.1.1", null, "There is no such mailbox.", true, true)]
    [InlineData("5.1.2", null, "There is no such domain.", true, true)]
    [InlineData("5.1.3", null, "The address is malformed.", true, true)]
    [InlineData("5.1.10", null, "The domain takes no mail.", true, true)]
    [InlineData("4.1.1", null, "There is no such mailbox.", false, false)] // for now
    [InlineData("5.1.8", "our domain is unknown", "The receiving server doesn't know the domain of our address.", false, false)]
    [InlineData("5.2.1", null, "The mailbox is switched off.", false, true)]
    [InlineData("5.2.2", null, "The mailbox is full.", false, false)]
    [InlineData("5.4.7", null, "It was tried for too long without success.", false, false)]
    [InlineData("5.7.23", null, "By our domain's SPF record our server may not send for us.", false, false)]
    [InlineData("5.7.99", null, "The receiving server refuses it for reasons of security or policy.", false, false)]
    [InlineData("5.0.0", "550 User unknown", "There is no such mailbox.", true, true)]
    [InlineData("5.5.0", "550 Requested action not taken: mailbox unavailable", "There is no such mailbox.", true, true)]
    [InlineData("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "There is no such mailbox.", true, true)]
    [InlineData("5.0.0", "552 mailbox is full", "The mailbox is full.", false, false)]
    [InlineData("5.0.0", "554 no", "The receiving server refused it.", false, true)]
    [InlineData("4.0.0", "450 user unknown for now", "The receiving server could not take it for the time being.", false, false)]
    [InlineData(null, "something", "The receiving server refused it.", false, true)]
    [InlineData(null, null, null, false, false)]
    public void Cause_IsToldInPlainWords_AndOnlyALastingAddressFaultMakesTheAddressUndeliverable(string? status, string? line, string? words, bool wrong, bool hard)
    {
        var cause = BounceCause.Of(status, line);
        Assert.Equal((words, wrong, hard), (cause.Words, cause.AddressIsWrong, cause.IsHard));
    }
}
