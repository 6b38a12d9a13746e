using System.Globalization;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class DateParserTests
{
    [Theory]
    [InlineData("Wed, 17 May 2000 19:35:05 -0400", "2000-05-17T23:35:05Z")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z")]
    [InlineData("18 Jan 1992 17:19 (Saturday)", "1992-01-18T17:19:00Z")]
    [InlineData("Mon,  2 Apr 101 04:20:10 CST", "2001-04-02T10:20:10Z")]
    [InlineData("Thursday, April 09, 2003 9:00 AM", "2003-04-09T09:00:00Z")]
    [InlineData("29 Jul 01 11:30:41 PM", "2001-07-29T23:30:41Z")]
    [InlineData("Tue, 24 Sep 2002 10:39:13 +-0500", "2002-09-24T10:39:13Z")]
    [InlineData("Wed May 17 19:35:05 2000", "2000-05-17T19:35:05Z")]
    [InlineData("2000-05-17T19:35:05+02:00", "2000-05-17T17:35:05Z")]
    [InlineData("17-May-2000 19:35:05 GMT", "2000-05-17T19:35:05Z")]
    [InlineData("Thu, 10 Jul 1997 14:53:31 EST5EDT", "1997-07-10T19:53:31Z")]
    [InlineData("4 8 15 16 23 42", "2015-08-04T16:23:42Z")]
    public void Date_InAFormThatIsMet_IsRead(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), DateParser.Parse(text));

    [Theory]
    [InlineData("Whenever")]
    [InlineData("<HR>")]
    [InlineData("Tue, 7 Bog 2026 19:14:51 +0000")]
    [InlineData("31 Feb 2026 10:00:00 +0000")]
    [InlineData("")]
    public void Date_ThatIsNone_IsNull(string text) => Assert.Null(DateParser.Parse(text));
}
