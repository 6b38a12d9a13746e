using HelpdeskMail.App.Components.Pages.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Rechnung 4711.pdf", "Rechnung 4711.pdf")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("C:\\x.exe", "C__x.exe")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\r\nSet-Cookie: x", "aSet-Cookie_ x")]
    [InlineData(" .. ", "attachment-3")]
    [InlineData("", "attachment-3")]
    public void A_name_that_a_stranger_chose_is_made_harmless(string name, string expected) => Assert.Equal(expected, FileNames.Safe(name, 2));

    [Fact]
    public void A_long_name_keeps_its_extension() => Assert.EndsWith("xx.pdf", FileNames.Safe(new string('x', 4000) + ".pdf", 0), StringComparison.Ordinal);
}
