using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>The one model. Each provider has a derived context only so that it can have its own migrations.</summary>
public abstract class HelpdeskDb(DbContextOptions options) : IdentityDbContext<HelpdeskUser>(options)
{
    public DbSet<Department> Departments => Set<Department>();

    public DbSet<Queue> Queues => Set<Queue>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<MailboxStatus> MailboxStatuses => Set<MailboxStatus>();

    public DbSet<MailboxTrouble> MailboxTroubles => Set<MailboxTrouble>();

    public DbSet<MailboxHour> MailboxHours => Set<MailboxHour>();

    public DbSet<OutboundAccount> OutboundAccounts => Set<OutboundAccount>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<OutboxRecipient> OutboxRecipients => Set<OutboxRecipient>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TicketTag> TicketTags => Set<TicketTag>();

    public DbSet<TicketMessage> TicketMessages => Set<TicketMessage>();

    public DbSet<MessageAttachment> Attachments => Set<MessageAttachment>();

    public DbSet<TicketEvent> TicketEvents => Set<TicketEvent>();

    public DbSet<StoredMail> StoredMails => Set<StoredMail>();

    public DbSet<RawMail> RawMails => Set<RawMail>();

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();

    public DbSet<QuarantineItem> Quarantine => Set<QuarantineItem>();

    public DbSet<HeldHeader> HeldHeaders => Set<HeldHeader>();

    public DbSet<Communication> Communications => Set<Communication>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<AliasDomain> AliasDomains => Set<AliasDomain>();

    public DbSet<Alias> Aliases => Set<Alias>();

    public DbSet<SystemAddress> SystemAddresses => Set<SystemAddress>();

    public DbSet<Filter> Filters => Set<Filter>();

    public DbSet<FilterChange> FilterChanges => Set<FilterChange>();

    public DbSet<LoopIncident> LoopIncidents => Set<LoopIncident>();

    public DbSet<LoopRecord> LoopRecords => Set<LoopRecord>();

    public DbSet<TicketParticipant> TicketParticipants => Set<TicketParticipant>();

    public DbSet<TicketField> TicketFields => Set<TicketField>();

    public DbSet<ContactRequest> ContactRequests => Set<ContactRequest>();

    public DbSet<ContactRequestMail> ContactRequestMails => Set<ContactRequestMail>();

    public DbSet<ProviderConfirmation> Confirmations => Set<ProviderConfirmation>();

    public DbSet<NoticeTemplate> NoticeTemplates => Set<NoticeTemplate>();

    public DbSet<SentNotice> SentNotices => Set<SentNotice>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertReading> AlertReadings => Set<AlertReading>();

    public DbSet<DeliveryNews> DeliveryNews => Set<DeliveryNews>();

    public DbSet<FailingAddress> FailingAddresses => Set<FailingAddress>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        ConfigurationStamp.Renew(this);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ConfigurationStamp.Renew(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(HelpdeskDb).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<TicketPriority>().HaveConversion<int>();
        configurationBuilder.Properties<LogLevels>().HaveConversion<int>();
    }
}
