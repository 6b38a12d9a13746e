using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Agents;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Fetching.Push;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Replay;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Telemetry;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpdeskMail.Core;

/// <summary>Registers the domain's use cases. The database and Data Protection are the host's to add.</summary>
public static class HelpdeskCore
{
    public static IServiceCollection AddHelpdeskCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new MailOptions());
        services.TryAddSingleton<IDiscoveryNetwork, DiscoveryNetwork>();
        return services
            .AddSingleton<ServerDiscovery>()
            .AddMetrics()
            .AddSingleton<HelpdeskMetrics>()
            .AddSingleton<LiveUpdates>()
            .AddSingleton<WriteGate>()
            .AddSingleton<DeferredSync>()
            .AddSingleton<ApiTokens>()
            .AddSingleton<SecretProtector>()
            .AddSingleton<DepartmentDirectory>()
            .AddSingleton<DepartmentEditor>()
            .AddSingleton<StorageTroubles>()
            .AddSingleton<MailboxDirectory>()
            .AddSingleton<MailboxEditor>()
            .AddSingleton<DraftAccess>()
            .AddSingleton<MailboxHealthQueries>()
            .AddSingleton<ConnectionTester>()
            .AddSingleton<MailboxFolders>()
            .AddSingleton<FirstFetchPreview>()
            .AddSingleton<Backfill>()
            .AddSingleton<OutboundAccountDirectory>()
            .AddSingleton<OutboundAccountEditor>()
            .AddSingleton<RoundTrip>()
            .AddSingleton<OutboundTester>()
            .AddSingleton<OutboxSender>()
            .AddSingleton<MessageContents>()
            .AddSingleton<TicketQueries>()
            .AddSingleton<MessageIndexer>()
            .AddSingleton<TicketEditor>()
            .AddSingleton<ReplyWriter>()
            .AddSingleton<TicketMerger>()
            .AddSingleton<AgentNotificationDesk>()
            .AddSingleton<AuthServerSuggestions>()
            .AddSingleton<MessageFiles>()
            .AddSingleton<MailSources>()
            .AddSingleton<MailSourceFor>(provider => provider.GetRequiredService<MailSources>().For)
            .AddSingleton<MailboxTurns>()
            .AddSingleton<Fetcher>()
            .AddSingleton<FirstMail>()
            .AddSingleton<LedgerQueries>()
            .AddSingleton<Reconciler>()
            .AddSingleton<MailboxWatches>()
            .AddSingleton<MailIntake>()
            .AddSingleton<MailProcessor>()
            .AddSingleton<HandDecisions>()
            .AddSingleton<StoredMailQueries>()
            .AddSingleton<QuarantineQueries>()
            .AddSingleton<QuarantineActions>()
            .AddSingleton<Replayer>()
            .AddSingleton<NoticeEditor>()
            .AddSingleton<AlertQueries>()
            .AddSingleton<NewsQueries>()
            .AddSingleton<NewsDesk>()
            .AddSingleton<AddressQueries>()
            .AddSingleton<ContactRequestQueries>()
            .AddSingleton<ContactRequestDesk>()
            .AddSingleton<CommunicationLogger>()
            .AddSingleton<CommunicationQueries>()
            .AddSingleton<CommunicationPurge>()
            .AddSingleton<SigningKey>()
            .AddSingleton<RoutingConfigCache>()
            .AddSingleton<AddressDirectory>()
            .AddSingleton<AliasDomainEditor>()
            .AddSingleton<AliasEditor>()
            .AddSingleton<SystemAddressEditor>()
            .AddSingleton<FilterEditor>()
            .AddSingleton<LoopDesk>()
            .AddSingleton<ConfirmationDesk>()
            .AddSingleton<FilterDirectory>()
            .AddSingleton<FilterTrial>()
            .AddSingleton<SettingsStore>()
            .AddSingleton<UserAdministration>()
            .AddSingleton<FirstAdministrator>()
            .AddSingleton<ConfigurationExporter>()
            .AddSingleton<ConfigurationImporter>()
            .AddSingleton<FilterTransfer>();
    }
}
