using HelpdeskMail.Mail.Dns;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Dns;

public sealed class DnsMessageTests
{
    private static readonly DnsQuestion Question = new(7, "a.test", DnsRecordType.Mx);

    /// <summary>id 7, a response, one question "a.test MX", one answer; the answer's name stands at offset 24.</summary>
    private static readonly byte[] Head = [0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 1, (byte)'a', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0, 0, 15, 0, 1];

    [Fact]
    public void CompressedNames_AreRead()
    {
        byte[] message = [.. Head, 0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 7, 0, 5, 2, (byte)'m', (byte)'x', 0xC0, 12];
        var (answer, _) = DnsMessageReader.TryRead(message, Question)!.Value;
        Assert.Equal(("a.test", 5, "mx.a.test"), Assert.Single(answer.Of<DnsRecord.Mx>()) is var mx ? (mx.Name, mx.Preference, mx.Exchange) : default);
    }

    [Theory]
    [InlineData(24)] // at itself
    [InlineData(26)] // forward, where another pointer points back
    [InlineData(200)] // past the end
    public void PointersThatLoopOrLeadNowhere_AreNoAnswer(byte target)
    {
        byte[] message = [.. Head, 0xC0, target, 0xC0, 24, 0, 15, 0, 1, 0, 0, 0, 60, 0, 4, 0, 5, 1, (byte)'x'];
        Assert.Null(DnsMessageReader.TryRead(message, Question));
    }

    [Fact]
    public void LabelWithADotOrControlCharacterInside_IsNoAnswer()
    {
        foreach (var trap in (byte[])[(byte)'.', (byte)'\n', 0x7F, 0xFF])
        {
            byte[] message = [.. Head, 0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 6, 0, 5, 2, (byte)'m', trap, 0];
            Assert.Null(DnsMessageReader.TryRead(message, Question));
        }
    }

    [Fact]
    public void AnyBytes_NeverThrow_NorReadPastTheEnd()
    {
        byte[] good = [.. Head, 0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 7, 0, 5, 2, (byte)'m', (byte)'x', 0xC0, 12];
        for (var length = 0; length < good.Length; length++) Assert.True(DnsMessageReader.TryRead(good.AsSpan(0, length), Question) is not { } cut || cut.Answer.Records.Count == 0);
        var random = new Random(20_260_101);
        for (var round = 0; round < 50_000; round++)
        {
            var spoiled = (byte[])good.Clone();
            for (var i = random.Next(1, 6); i > 0; i--) spoiled[random.Next(2, spoiled.Length)] = (byte)random.Next(256);
            DnsMessageReader.TryRead(spoiled, Question);
        }
    }
}
