namespace HelpdeskMail.Mail.Dns;

/// <summary>The kinds of record that mail needs (RFC 1035 §3.2.2, RFC 3596, RFC 2782), by their number on the wire.</summary>
public enum DnsRecordType
{
    A = 1,
    CName = 5,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
}
