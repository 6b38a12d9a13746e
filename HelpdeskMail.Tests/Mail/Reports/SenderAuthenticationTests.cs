using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

/// <summary>What a trusted server's results say of an author (RFC 8601), as servers write them.</summary>
public sealed class SenderAuthenticationTests
{
    [Theory]
    // DMARC settles it (RFC 7489)
    [InlineData("mx.test; dkim=pass header.i=@b.example header.s=s header.b=Ab; spf=pass (google: ok) smtp.mailfrom=ann@b.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=b.example", SenderVerdict.Passed, "b.example")]
    [InlineData("mx.test; spf=pass smtp.mailfrom=bulk.example; dkim=pass header.d=bulk.example; dmarc=fail action=quarantine header.from=b.example", SenderVerdict.Failed, "b.example")]
    [InlineData("mx.test; dmarc=pass header.from=other.example", SenderVerdict.Unknown, null)] // judged by another From than the one we show
    // without it, the author's own domain must speak
    [InlineData("mx.test; dkim=pass header.d=b.example; dmarc=none", SenderVerdict.Passed, "b.example")]
    [InlineData("mx.test 1; dkim=pass (2048-bit key) header.d=B.Example header.i=@b.example", SenderVerdict.Passed, "b.example")]
    [InlineData("mx.test; dkim=pass header.d=example", SenderVerdict.Unknown, null)] // a top-level domain vouches for nobody
    [InlineData("mx.test; dkim=pass header.d=sub.b.example", SenderVerdict.Unknown, null)] // below: could be anybody under a public suffix
    [InlineData("mx.test; dkim=pass header.d=mailer.example; spf=pass smtp.mailfrom=bounce@mailer.example", SenderVerdict.Unknown, null)]
    [InlineData("mx.test; spf=pass smtp.mailfrom=b.example", SenderVerdict.Passed, "b.example")]
    [InlineData("mx.test; spf=pass smtp.helo=b.example", SenderVerdict.Unknown, null)]
    [InlineData("mx.test; spf=fail (not permitted) smtp.mailfrom=ann@b.example; dkim=none", SenderVerdict.Failed, "b.example")]
    [InlineData("mx.test; spf=softfail smtp.mailfrom=ann@b.example", SenderVerdict.Unknown, null)]
    [InlineData("mx.test; spf=fail smtp.mailfrom=ann@b.example; dkim=pass header.d=b.example", SenderVerdict.Passed, "b.example")] // forwarded: the signature survives
    [InlineData("mx.test; dkim=fail reason=\"bad; dmarc=pass\" header.d=b.example", SenderVerdict.Failed, "b.example")] // what is quoted is no result
    [InlineData("mx.test; auth=pass (cram-md5) smtp.auth=ann@b.example", SenderVerdict.Passed, "b.example")] // submitted by the very person
    [InlineData("mx.test; auth=pass smtp.auth=bob@b.example", SenderVerdict.Unknown, null)]
    [InlineData("mx.test; none", SenderVerdict.Unknown, null)]
    [InlineData("mx.test; dkim = pass header . d = b.example", SenderVerdict.Passed, "b.example")] // white space is free (§2.2)
    [InlineData("mx.test (dmarc=pass; here); dkim=neutral", SenderVerdict.Unknown, null)]
    public void Results_OfTheTrustedServer_JudgeTheAuthor(string field, SenderVerdict verdict, string? domain)
    {
        var check = Judge($"Authentication-Results: {field}\nFrom: Ann <ann@b.example>\n\n", "ann@b.example");

        Assert.Equal((verdict, domain, "mx.test"), (check?.Verdict, check?.Domain, check?.Host));
    }

    [Theory]
    [InlineData("")] // nothing at all
    [InlineData("Authentication-Results: evil.test; dmarc=pass header.from=b.example\n")] // somebody else's word
    [InlineData("Authentication-Results: mx.test.evil.test; dmarc=pass\n")]
    [InlineData("Authentication-Results: mx.test 2; dmarc=pass\n")] // a version nobody knows (§2.2)
    public void WhatNoTrustedServerSaid_CountsForNothing(string field) => Assert.Null(Judge($"{field}From: ann@b.example\n\n", "ann@b.example"));

    [Fact]
    public void ForgedFieldBelowOurs_IsNotLookedAt()
    {
        var check = Judge("Authentication-Results: mx.test; dmarc=fail header.from=b.example\nReceived: by mx.test\nAuthentication-Results: mx.test; dmarc=pass header.from=b.example\nFrom: ann@b.example\n\n", "ann@b.example");

        Assert.Equal(SenderVerdict.Failed, check?.Verdict);
    }

    [Theory]
    [InlineData("From: ann@b.example\nFrom: ann@bank.example\n")]
    [InlineData("From: ann@b.example, ann@bank.example\n")]
    public void SeveralAuthors_AreNeverVouchedFor(string from)
    {
        var check = Judge($"Authentication-Results: mx.test; dmarc=pass\n{from}\n", "ann@b.example");

        Assert.Equal(SenderVerdict.Unknown, check?.Verdict);
    }

    [Fact]
    public void InternationalDomain_IsTheSameInBothForms()
    {
        var check = Judge("Authentication-Results: mx.test; dkim=pass header.d=xn--bcher-kva.example\nFrom: a@xn--bcher-kva.example\n\n", "a@bücher.example");

        Assert.Equal(SenderVerdict.Passed, check?.Verdict);
    }

    [Fact]
    public void TopmostHost_IsThatOfTheFirstField()
    {
        Assert.Equal("mx.test", AuthenticationResults.TopmostHost(RawMail.Parse("Authentication-Results: \"MX.test\" 1; none\nAuthentication-Results: other.test; none\n\n").Headers));
        Assert.Null(AuthenticationResults.TopmostHost(RawMail.Parse("Subject: none\n\n").Headers));
    }

    private static SenderCheck? Judge(string header, string author) =>
        SenderAuthentication.Judge(RawMail.Parse(header).Headers, MailAddress.TryParse(author, out var parsed) ? parsed : throw new InvalidOperationException(), ["mx.test"]);
}
