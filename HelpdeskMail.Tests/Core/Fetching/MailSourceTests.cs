using System.Text;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>Both sources against real Dovecot.</summary>
public sealed class MailSourceTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(AfterFetch.Archive)]
    [InlineData(AfterFetch.Delete)]
    [InlineData(AfterFetch.MarkRead)]
    public async Task Imap_ListFetchAcknowledge_DoesWhatTheMailboxSays(AfterFetch after)
    {
        var user = Filled(3);
        await using var source = Imap(user, after);
        var log = new Log();
        await source.OpenAsync(log, default);
        var listed = await source.ListAsync(SourceQuery.Everything, default);
        var bodies = await source.FetchAsync(listed, 1_000_000, new MessageBuffers(), default).ToListAsync();
        await source.AcknowledgeAsync([listed[0], listed[2]], default);
        // Twice is as good as once: a crash in between must not matter.
        await source.AcknowledgeAsync([listed[0], listed[2]], default);

        Assert.Equal([$"{source.Validity}:1", $"{source.Validity}:2", $"{source.Validity}:3"], listed.Select(message => message.Identity));
        Assert.Equal(["Subject: 0", "Subject: 1", "Subject: 2"], bodies.Select(body => Encoding.ASCII.GetString(body.Raw!.Value.Span).Split('\r')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(after == AfterFetch.Archive ? 2 : 0, rig.Mails(user, "Archive").Count);
        Assert.Equal(after == AfterFetch.MarkRead ? 3 : 1, rig.Mails(user).Count);
        Assert.Equal(after == AfterFetch.MarkRead ? 2 : 0, rig.Mails(user).Count(mail => mail.Seen));
        Assert.Contains("login", log.Steps, StringComparer.Ordinal);
    }

    [RigFact]
    public async Task Imap_Query_ListsOnlyWhatItAsksFor()
    {
        var user = Filled(4);
        await using var source = Imap(user, AfterFetch.MarkRead);
        await source.OpenAsync(new Log(), default);
        var all = await source.ListAsync(SourceQuery.Everything, default);
        await source.AcknowledgeAsync([all[1]], default);

        Assert.Equal([3L, 4L], (await source.ListAsync(new SourceQuery(AfterNumber: 2), default)).Select(message => message.Number));
        Assert.Empty(await source.ListAsync(new SourceQuery(AfterNumber: 4), default));
        Assert.Equal([1L, 3L, 4L], (await source.ListAsync(new SourceQuery(UnreadOnly: true), default)).Select(message => message.Number));
        Assert.Equal(4, (await source.ListAsync(new SourceQuery(Since: DateTime.UtcNow.AddDays(-1)), default)).Count);
        Assert.Empty(await source.ListAsync(new SourceQuery(Since: DateTime.UtcNow.AddDays(2)), default));
    }

    [RigFact]
    public async Task Imap_ServerCantReadOneMessage_TheOthersComeAndThatOneIsRefused()
    {
        var user = Filled(5);
        await using (var before = Imap(user, AfterFetch.MarkRead))
        {
            await before.OpenAsync(new Log(), default);
            await before.ListAsync(SourceQuery.Everything, default);
        }

        var unreadable = Path.Combine(rig.DirectoryPath, "mail", user.Address, "Maildir", "cur", rig.Mails(user)[2].FileName);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(unreadable, UnixFileMode.None);

        // Dovecot ends the session over such a message ("* BYE FETCH failed").
        await using var source = Imap(user, AfterFetch.MarkRead);
        await source.OpenAsync(new Log(), default);
        var listed = await source.ListAsync(SourceQuery.Everything, default);
        var fetched = await source.FetchAsync(listed, 1_000_000, new MessageBuffers(), default).ToListAsync();
        Assert.Equal([(1L, true), (2L, true), (3L, false), (4L, true), (5L, true)], fetched.OrderBy(message => message.Message.Number).Select(message => (message.Message.Number, message.Raw is not null)));
        Assert.Contains("FETCH failed", fetched.Single(message => message.Raw is null).Refused);
        await source.AcknowledgeAsync([listed[0]], default);
    }

    [RigTheory]
    [InlineData(AfterFetch.Delete, 1)]
    [InlineData(AfterFetch.Archive, 3)]
    public async Task Pop3_ListFetchAcknowledge_DeletesOnlyWhereTheMailboxSaysSo(AfterFetch after, int left)
    {
        var user = Filled(3);
        await using (var source = Pop3(user, after))
        {
            await source.OpenAsync(new Log(), default);
            var listed = await source.ListAsync(SourceQuery.Everything, default);
            await source.AcknowledgeAsync([listed[0]], default);
            // The session behind it is a new one with other numbers; identities hold.
            var second = Assert.Single(await source.FetchAsync([listed[1]], 1_000_000, new MessageBuffers(), default).ToListAsync());
            Assert.Equal("Subject: 1", Encoding.ASCII.GetString(second.Raw!.Value.Span).Split('\r')[0]);
            await source.AcknowledgeAsync([listed[0], listed[1]], default);
            Assert.All(listed, message => Assert.StartsWith("uidl:", message.Identity));
        }

        Assert.Equal(left, rig.Mails(user).Count);
    }

    [RigFact]
    public async Task Open_WrongPassword_SaysSoWithTheServersWords()
    {
        await using var source = Imap(MailRig.Support with { Password = "not-the-password" }, AfterFetch.Delete);
        var error = await Assert.ThrowsAsync<MailSourceException>(() => source.OpenAsync(new Log(), default));
        Assert.Equal(MailboxErrorKind.AuthenticationFailed, error.Kind);
        Assert.Contains("Authentication failed.", error.Server);
    }

    private RigUser Filled(int count)
    {
        var user = rig.NewUser();
        for (var i = 0; i < count; i++)
            rig.Put(user, Encoding.ASCII.GetBytes($"Subject: {i}\r\n\r\nbody\r\n"));
        return user;
    }

    private ImapMailSource Imap(RigUser user, AfterFetch after) =>
        new(Box(user, after, rig.Ports.Imaps), new MailCredentials.Password(user.Address, user.Password), TransportOptions.Default);

    private Pop3MailSource Pop3(RigUser user, AfterFetch after) =>
        new(Box(user, after, rig.Ports.Pop3s), new MailCredentials.Password(user.Address, user.Password), TransportOptions.Default);

    private Mailbox Box(RigUser user, AfterFetch after, int port) => new()
    {
        Name = "test",
        Address = user.Address,
        Host = MailRig.Host,
        Port = port,
        Encryption = Encryption.Tls,
        UserName = user.Address,
        PinnedCertificate = rig.CertificateSha256,
        AfterFetch = after,
    };

    private sealed class Log : ICommunication
    {
        public List<string> Steps { get; } = [];

        public void Add(LogLevels level, string step, string text, string? server = null) => Steps.Add(step);
    }
}
