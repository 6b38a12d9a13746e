using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class ProtectionTests
{
    [Theory]
    [InlineData("application/pgp-signature", ProtectionMethod.PgpMime)]
    [InlineData("application/pkcs7-signature", ProtectionMethod.Smime)]
    [InlineData("application/x-pkcs7-signature", ProtectionMethod.Smime)]
    public void MultipartSigned_NamesContentAndSignature(string protocol, ProtectionMethod method)
    {
        var mail = RawMail.Parse($"""
            Content-Type: multipart/signed; micalg=pgp-sha256; protocol="{protocol}"; boundary=b

            --b

            signed text
            --b
            Content-Type: {protocol}; name=signature

            xxxx
            --b--
            """);
        var found = Assert.Single(mail.Protections);
        Assert.Equal((method, ProtectionForm.ClearSigned, "pgp-sha256"), (found.Method, found.Form, found.HashAlgorithm));
        Assert.Same(mail.Parts[0], found.Content);
        Assert.Same(mail.Parts[1], found.Signature);
    }

    [Theory]
    [InlineData("multipart/encrypted; protocol=\"application/pgp-encrypted\"")]
    [InlineData("multipart/mixed")] // as some gateways leave it
    public void PgpEncrypted_NamesTheOctets(string type)
    {
        var mail = RawMail.Parse($"""
            Content-Type: {type}; boundary=b

            --b
            Content-Type: application/pgp-encrypted

            Version: 1
            --b
            Content-Type: application/octet-stream; name=encrypted.asc

            -----BEGIN PGP MESSAGE-----
            --b--
            """);
        var found = Assert.Single(mail.Protections);
        Assert.Equal((ProtectionMethod.PgpMime, ProtectionForm.Encrypted), (found.Method, found.Form));
        Assert.Equal("encrypted.asc", found.Content!.FileName);
    }

    [Theory]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "AAAA", ProtectionForm.Encrypted)]
    [InlineData("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "AAAA", ProtectionForm.OpaqueSigned)]
    [InlineData("application/pkcs7-mime; smime-type=certs-only; name=smime.p7c", "MIAGCSqGSIb3DQEHAqCA", ProtectionForm.Keys)]
    [InlineData("application/x-pkcs7-mime; name=smime.p7m", "MIAGCSqGSIb3DQEHAqCA", ProtectionForm.OpaqueSigned)] // 1.2.840.113549.1.7.2 inside
    [InlineData("application/octet-stream; name=smime.p7m", "MIAGCSqGSIb3DQEHA6CA", ProtectionForm.Encrypted)] // 1.2.840.113549.1.7.3
    [InlineData("application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z", "AAAA", ProtectionForm.Compressed)]
    public void Smime_IsToldByContentThenLabelThenName(string type, string content, ProtectionForm form)
    {
        var found = Assert.Single(RawMail.Parse($"Content-Type: {type}\nContent-Transfer-Encoding: base64\n\n{content}\n").Protections);
        Assert.Equal((ProtectionMethod.Smime, form), (found.Method, found.Form));
    }

    [Theory]
    [InlineData("Hello\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n-----BEGIN PGP SIGNATURE-----\n", ProtectionForm.ClearSigned, "SHA256")]
    [InlineData("-----BEGIN PGP MESSAGE-----\n\nhQEMA1234567\n-----END PGP MESSAGE-----\n", ProtectionForm.Encrypted, null)]
    [InlineData("-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nowGbwMvM\n-----END PGP MESSAGE-----\n", ProtectionForm.OpaqueSigned, null)] // a compressed packet
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nx\n", ProtectionForm.Keys, null)]
    public void PgpInText_IsFound(string text, ProtectionForm form, string? hash)
    {
        var found = Assert.Single(RawMail.Parse("From: a@b.c\n\n" + text).Protections);
        Assert.Equal((ProtectionMethod.InlinePgp, form, hash), (found.Method, found.Form, found.HashAlgorithm));
    }

    [Theory]
    [InlineData("From: a@b.c\n\n> -----BEGIN PGP SIGNED MESSAGE-----\n> x\n\nI can't read this\n")]
    [InlineData("From: a@b.c\n\nA line says -----BEGIN PGP MESSAGE-----\n")]
    [InlineData("Content-Type: multipart/signed; boundary=b\n\n--b\n\nonly one part\n--b--\n")]
    public void QuotedOrIncomplete_IsNoProtection(string raw) => Assert.Empty(RawMail.Parse(raw).Protections);
}
