using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Settings;
using Encryption = HelpdeskMail.Core.Mailboxes.Encryption;

namespace HelpdeskMail.Tests.Core.Conversations;

/// <summary>
/// A helpdesk with three departments (Support, Sales, Billing), each with its outbound account, two alias domains (alpha of Support and Billing, beta of
/// Sales), and three mailboxes on real servers: "help" gets all of alpha, "shop" all of beta, "pay" takes replies only. Kim is an agent who is told of new
/// tickets of Billing. The loop guard stops a sender after three records.
/// </summary>
internal sealed class ConversationDesk : IAsyncDisposable
{
    private ConversationDesk(TestHelpdesk helpdesk, MailRig rig)
    {
        Helpdesk = helpdesk;
        var tag = Guid.NewGuid().ToString("N")[..8]; // the servers are shared by all tests of the process
        (Alpha, Beta) = ($"alpha-{tag}.test", $"beta-{tag}.test");
        Boxes = new() { ["help"] = rig.NewUser(), ["shop"] = rig.NewUser(), ["pay"] = rig.NewUser() };
        Kim = rig.NewUser();
    }

    public TestHelpdesk Helpdesk { get; }

    public string Alpha { get; }

    public string Beta { get; }

    public RigUser Kim { get; }

    public Dictionary<string, RigUser> Boxes { get; }

    public Dictionary<string, long> Mailboxes { get; } = [];

    public Dictionary<string, long> Queues { get; } = [];

    public static async Task<ConversationDesk> StartAsync(MailRig rig)
    {
        var desk = new ConversationDesk(await TestHelpdesk.StartAsync(), rig);
        await desk.SetUpAsync(rig);
        await rig.AddAddressesAsync([
            .. new[] { "support", "billing", "sales", "catchall", "bounce" }.Select(local => ($"{local}@{desk.Alpha}", desk.Boxes["help"])),
            .. new[] { "sales", "vip", "reply", "bounce" }.Select(local => ($"{local}@{desk.Beta}", desk.Boxes["shop"]))]);
        foreach (var mailbox in desk.Mailboxes.Values) await desk.Helpdesk.Get<Fetcher>().FetchAsync(mailbox); // what comes from now on is no backlog
        return desk;
    }

    public ValueTask DisposeAsync() => Helpdesk.DisposeAsync();

    private async Task SetUpAsync(MailRig rig)
    {
        await using var db = Helpdesk.Db();
        var alpha = new AliasDomain { Domain = Alpha, IsDefault = true, CompanyAddress = $"support@{Alpha}" };
        var beta = new AliasDomain { Domain = Beta, Catchall = "reply" };
        var accounts = Boxes.ToDictionary(pair => pair.Key, pair => Account(pair.Key, pair.Value, rig));
        db.AddRange(alpha, beta);
        db.AddRange(accounts.Values);
        db.AddRange(
            new Setting { Key = Parameters.LoopThreshold.Key, Value = "3" }, new Setting { Key = Parameters.TagReplyAddress.Key, Value = "true" });
        await db.SaveChangesAsync();

        var support = new Department { Name = "Support", OutboundAccountId = accounts["help"].Id, AliasDomainId = alpha.Id };
        var sales = new Department { Name = "Sales", OutboundAccountId = accounts["shop"].Id, AliasDomainId = beta.Id };
        var billing = new Department { Name = "Billing", OutboundAccountId = accounts["pay"].Id, AliasDomainId = alpha.Id };
        List<Queue> queues =
        [
            new() { Name = "Support", Color = "#1e88e5", Department = support, ClosedTicketPolicy = ClosedTicketPolicy.Reopen },
            new() { Name = "Sales", Color = "#43a047", Department = sales, ClosedTicketPolicy = ClosedTicketPolicy.NewLinked },
            new() { Name = "Returns", Color = "#43a047", Department = sales }, // has no alias: answers come to the catch-all
            new() { Name = "Billing", Color = "#e53935", Department = billing, ClosedTicketPolicy = ClosedTicketPolicy.Reject },
        ];
        db.AddRange(queues);
        await db.SaveChangesAsync();
        foreach (var queue in queues) Queues[queue.Name] = queue.Id;

        db.AddRange(
            new Alias { LocalPart = "support", AliasDomainId = alpha.Id, QueueId = Queues["Support"] },
            new Alias { LocalPart = "billing", AliasDomainId = alpha.Id, QueueId = Queues["Billing"] },
            new Alias { LocalPart = "sales", AliasDomainId = beta.Id, QueueId = Queues["Sales"], LocalPartDetection = true },
            new Alias { LocalPart = "vip", AliasDomainId = beta.Id, QueueId = Queues["Sales"], WhoMayWrite = WhoMayWrite.Customers });
        var mailboxes = new[] { Mailbox("help", "Support", rig), Mailbox("shop", "Sales", rig), Mailbox("pay", "Billing", rig) };
        mailboxes[2].RepliesOnly = true;
        db.AddRange(mailboxes);
        await db.SaveChangesAsync();
        foreach (var mailbox in mailboxes) Mailboxes[mailbox.Name] = mailbox.Id;

        var kim = await Helpdesk.Get<UserAdministration>().SaveAsync(new UserDraft { Email = Kim.Address, DisplayName = "Kim Agent", Password = "Secret-12345" });
        await using var again = Helpdesk.Db();
        (await again.Users.FindAsync(kim.Value!.Id))!.NotifyDepartments = [billing.Id];
        await again.SaveChangesAsync();
    }

    private OutboundAccount Account(string name, RigUser user, MailRig rig) => new()
    {
        Name = name,
        Address = user.Address,
        DisplayName = $"The {name} desk",
        Host = MailRig.Host,
        Port = rig.Ports.Submission,
        Encryption = Encryption.StartTls,
        UserName = user.Address,
        ProtectedPassword = Helpdesk.Get<SecretProtector>().Protect(user.Password),
        PinnedCertificate = rig.CertificateSha256,
    };

    private Mailbox Mailbox(string name, string queue, MailRig rig) => new()
    {
        Name = name,
        Address = Boxes[name].Address,
        Host = MailRig.Host,
        Port = rig.Ports.Imaps,
        Encryption = Encryption.Tls,
        PinnedCertificate = rig.CertificateSha256,
        UserName = Boxes[name].Address,
        ProtectedPassword = Helpdesk.Get<SecretProtector>().Protect(Boxes[name].Password),
        QueueId = Queues[queue],
        FirstFetch = "all",
        Notices = true,
        Push = false,
    };
}
