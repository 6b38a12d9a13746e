using System.Text;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class CharsetDetectorTests
{
    [Theory]
    [InlineData(1251, "Здравствуйте, когда будет доставлен мой заказ?")]
    [InlineData(20866, "Здравствуйте, когда будет доставлен мой заказ?")]
    [InlineData(28595, "Здравствуйте, когда будет доставлен мой заказ?")]
    [InlineData(866, "Здравствуйте, когда будет доставлен мой заказ?")]
    [InlineData(1251, "Счёт")]
    [InlineData(20866, "Счёт")]
    [InlineData(874, "สวัสดีครับ ผมต้องการสอบถามเกี่ยวกับคำสั่งซื้อ")]
    [InlineData(54936, "您好，我想咨询一下我的订单什么时候可以发货")]
    [InlineData(950, "您好，我想詢問一下我的訂單什麼時候可以出貨")]
    [InlineData(949, "안녕하세요, 제가 주문한 상품은 언제 배송되나요?")]
    [InlineData(932, "お世話になっております。商品はいつ届きますか。")]
    [InlineData(51932, "会議の件")]
    [InlineData(1252, "Für Müller, naïve façade — 100 €")]
    [InlineData(1252, "DÉJÀ VU À L'ÉCOLE")]
    [InlineData(1253, "Καλημέρα σας, πότε θα παραδοθεί η παραγγελία μου;")]
    [InlineData(1254, "artık istediğiniz albümler hazır")]
    public void Text_ThatDeclaresNothing_IsRecognised(int codePage, string text)
    {
        var octets = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
        Assert.Equal(text, MimeMessage.Parse((byte[])[.. "Subject: x\r\n\r\n"u8, .. octets]).Text);
    }

    [Theory]
    [InlineData("iso-8859-1", "€ “quoted”", 1252)]
    [InlineData("gb2312", "朱镕基", 54936)]
    [InlineData("ks_c_5601-1987", "뷁", 949)]
    [InlineData("x-sjis", "①", 932)]
    [InlineData("win-1251", "Да", 1251)]
    [InlineData("cp-850", "é", 850)]
    public void Charset_UnderItsMailName_IsReadAsSendersMeanIt(string name, string text, int codePage)
    {
        var octets = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
        Assert.Equal(text, MimeMessage.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset={name}\r\n\r\n"), .. octets]).Text);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/plain; charset=iso-8859-1")]
    public void File_SentAsText_KeepsEveryOctet(string type)
    {
        byte[] octets = [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0, 0x1A, 0x80, 0x9D, 0xFF];
        Assert.Equal(Encoding.Latin1.GetString(octets), MimeMessage.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: {type}\r\n\r\n"), .. octets]).Text);
    }

    [Fact]
    public void Utf7_IsDecoded() => Assert.Equal("Frösche + 1", RawMail.Parse("Content-Type: text/plain; charset=utf-7\n\nFr+APY-sche +- 1").Text);

    [Fact]
    public void Utf8_DeclaredAsLatin1_IsUtf8() => Assert.Equal("Größe", MimeMessage.Parse((byte[])[.. "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"u8, .. "Größe"u8]).Text);

    [Theory]
    [InlineData("iso-2022-jp", 51932, "次のあて先へのメッセージは送信できませんでした。")]
    [InlineData("iso-2022-jp", 932, "次のあて先へのメッセージは送信できませんでした。")]
    [InlineData("iso-2022-jp", 65001, "次のあて先へ")]
    [InlineData("iso-2022-jp", 1252, "Señor café")]
    [InlineData("iso-2022-kr", 949, "안녕하세요, 제가 주문한 상품은 언제 배송되나요?")]
    [InlineData("hz-gb-2312", 54936, "您好，我想咨询一下我的订单什么时候可以发货")]
    [InlineData("utf-8", 50220, "次のあて先へ")]
    [InlineData("shift_jis", 50220, "次のあて先へ")]
    [InlineData("shift_jis", 65001, "次のあて先へ")]
    [InlineData("gb2312", 65001, "订单什么")]
    [InlineData("koi8-r", 65001, "Здравствуйте")]
    [InlineData("windows-1250", 65001, "Příliš žluťoučký")]
    [InlineData("windows-874", 65001, "สวัสดี")]
    [InlineData("windows-874", 874, "ยก")] // octets that are good UTF-8, too
    [InlineData("gb2312", 54936, "目")]
    public void Charset_DeclaredFalsely_IsFound(string declared, int codePage, string text)
    {
        var octets = (codePage == 65001 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!).GetBytes(text);
        Assert.Equal(text, MimeMessage.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset={declared}\r\n\r\n"), .. octets]).Text);
    }

    [Fact]
    public void OctetThatSevenBitsLack_IsAQuestionMark() =>
        Assert.Equal("Dij?at.mp3", RawMail.Parse("Content-Type: application/octet-stream; name*=iso-2022-jp'ja'Dij%8aat.mp3\n\nx").Parts[0].FileName);
}
