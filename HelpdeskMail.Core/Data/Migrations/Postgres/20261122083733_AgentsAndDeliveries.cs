using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HelpdeskMail.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AgentsAndDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EmbeddedPath",
                table: "TicketMessages",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ForwardedBy",
                table: "TicketMessages",
                type: "character varying(320)",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReplyTo",
                table: "TicketMessages",
                type: "character varying(320)",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SourceMessageId",
                table: "TicketMessages",
                type: "character varying(998)",
                maxLength: 998,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trust",
                table: "TicketMessages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MessageIdKey",
                table: "OutboxMails",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "AgentsNeedPass",
                table: "Mailboxes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "AuthServers",
                table: "Mailboxes",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ReplyTo",
                table: "Mailboxes",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "AlwaysAllowed",
                table: "LoopIncidents",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "LoopIncidents",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Records",
                table: "LoopIncidents",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "NotifyDepartments",
                table: "AspNetUsers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NotifyMessages",
                table: "AspNetUsers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "NotifyNotes",
                table: "AspNetUsers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "AboutId",
                table: "Alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TicketId",
                table: "Alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UserId",
                table: "Alerts",
                type: "character varying(450)",
                maxLength: 450,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Confirmations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Provider = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Known = table.Column<bool>(type: "boolean", nullable: false),
                    StoredMailId = table.Column<long>(type: "bigint", nullable: false),
                    MailboxId = table.Column<long>(type: "bigint", nullable: true),
                    Sender = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    Recipient = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    Account = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    Subject = table.Column<string>(type: "character varying(998)", maxLength: 998, nullable: false),
                    Code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Links = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SettledBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Confirmations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryNews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    ReportedAddress = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Cause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Line = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    RemoteMta = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    Subject = table.Column<string>(type: "character varying(998)", maxLength: 998, nullable: false),
                    OutboxMailId = table.Column<long>(type: "bigint", nullable: true),
                    TicketMessageId = table.Column<long>(type: "bigint", nullable: true),
                    TicketId = table.Column<long>(type: "bigint", nullable: true),
                    AuthorId = table.Column<string>(type: "text", nullable: true),
                    StoredMailId = table.Column<long>(type: "bigint", nullable: true),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SeenBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryNews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FailingAddresses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    Hard = table.Column<int>(type: "integer", nullable: false),
                    Soft = table.Column<int>(type: "integer", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastStatus = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    LastCause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    LastLine = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    LastNewsId = table.Column<long>(type: "bigint", nullable: true),
                    LastTicketId = table.Column<long>(type: "bigint", nullable: true),
                    UndeliverableSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Refused = table.Column<bool>(type: "boolean", nullable: false),
                    ClearedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClearedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FailingAddresses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HeldHeaders",
                columns: table => new
                {
                    LedgerEntryId = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldHeaders", x => x.LedgerEntryId);
                });

            migrationBuilder.CreateTable(
                name: "RetiredDomain",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AliasDomainId = table.Column<long>(type: "bigint", nullable: false),
                    Domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetiredDomain", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RetiredDomain_AliasDomains_AliasDomainId",
                        column: x => x.AliasDomainId,
                        principalTable: "AliasDomains",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_MergedIntoId",
                table: "Tickets",
                column: "MergedIntoId",
                filter: "\"MergedIntoId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Quarantine_Sender_Since",
                table: "Quarantine",
                columns: new[] { "Sender", "Since" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxRecipients_Address_Id",
                table: "OutboxRecipients",
                columns: new[] { "Address", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_MessageIdKey",
                table: "OutboxMails",
                column: "MessageIdKey");

            migrationBuilder.CreateIndex(
                name: "IX_LoopIncidents_ResumedAt_Id",
                table: "LoopIncidents",
                columns: new[] { "ResumedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactRequests_LastMailAt_Id",
                table: "ContactRequests",
                columns: new[] { "LastMailAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_UserId_Id",
                table: "Alerts",
                columns: new[] { "UserId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Confirmations_State_Id",
                table: "Confirmations",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Confirmations_StoredMailId",
                table: "Confirmations",
                column: "StoredMailId");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_Address_Id",
                table: "DeliveryNews",
                columns: new[] { "Address", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_OutboxMailId",
                table: "DeliveryNews",
                column: "OutboxMailId");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_State_Id",
                table: "DeliveryNews",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_StoredMailId",
                table: "DeliveryNews",
                column: "StoredMailId");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_TicketId_Id",
                table: "DeliveryNews",
                columns: new[] { "TicketId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryNews_TicketMessageId",
                table: "DeliveryNews",
                column: "TicketMessageId");

            migrationBuilder.CreateIndex(
                name: "IX_FailingAddresses_Address",
                table: "FailingAddresses",
                column: "Address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FailingAddresses_UndeliverableSince",
                table: "FailingAddresses",
                column: "UndeliverableSince");

            migrationBuilder.CreateIndex(
                name: "IX_RetiredDomain_AliasDomainId_Domain",
                table: "RetiredDomain",
                columns: new[] { "AliasDomainId", "Domain" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Confirmations");

            migrationBuilder.DropTable(
                name: "DeliveryNews");

            migrationBuilder.DropTable(
                name: "FailingAddresses");

            migrationBuilder.DropTable(
                name: "HeldHeaders");

            migrationBuilder.DropTable(
                name: "RetiredDomain");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_MergedIntoId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Quarantine_Sender_Since",
                table: "Quarantine");

            migrationBuilder.DropIndex(
                name: "IX_OutboxRecipients_Address_Id",
                table: "OutboxRecipients");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_MessageIdKey",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_LoopIncidents_ResumedAt_Id",
                table: "LoopIncidents");

            migrationBuilder.DropIndex(
                name: "IX_ContactRequests_LastMailAt_Id",
                table: "ContactRequests");

            migrationBuilder.DropIndex(
                name: "IX_Alerts_UserId_Id",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "EmbeddedPath",
                table: "TicketMessages");

            migrationBuilder.DropColumn(
                name: "ForwardedBy",
                table: "TicketMessages");

            migrationBuilder.DropColumn(
                name: "ReplyTo",
                table: "TicketMessages");

            migrationBuilder.DropColumn(
                name: "SourceMessageId",
                table: "TicketMessages");

            migrationBuilder.DropColumn(
                name: "Trust",
                table: "TicketMessages");

            migrationBuilder.DropColumn(
                name: "MessageIdKey",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "AgentsNeedPass",
                table: "Mailboxes");

            migrationBuilder.DropColumn(
                name: "AuthServers",
                table: "Mailboxes");

            migrationBuilder.DropColumn(
                name: "ReplyTo",
                table: "Mailboxes");

            migrationBuilder.DropColumn(
                name: "AlwaysAllowed",
                table: "LoopIncidents");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "LoopIncidents");

            migrationBuilder.DropColumn(
                name: "Records",
                table: "LoopIncidents");

            migrationBuilder.DropColumn(
                name: "NotifyDepartments",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "NotifyMessages",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "NotifyNotes",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "TicketId",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "UserId",
                table: "Alerts");
        }
    }
}
