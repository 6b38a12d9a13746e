using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HelpdeskMail.Core.Data.Migrations.Postgres
{
    /// <summary>Long values are compressed by lz4 (PostgreSQL 14 and later, where it was built with it): pglz took half of what the server needs for a fetch.
    /// Without lz4 raw mails are kept as they are. What is stored already stays as it is.</summary>
    public partial class RawMailStorage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // EXECUTE, because a server before 14 would not even read the other statement.
            migrationBuilder.Sql("""
                DO $$
                DECLARE
                    long text[];
                BEGIN
                    IF EXISTS (SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
                        FOREACH long SLICE 1 IN ARRAY ARRAY[
                            ['RawMails', 'Bytes'], ['OutboxMails', 'Raw'], ['HeldHeaders', 'Bytes'],
                            ['TicketMessages', 'Text'], ['TicketMessages', 'Html'], ['StoredMails', 'Trace'], ['Communications', 'Entries']]
                        LOOP
                            EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET COMPRESSION lz4', long[1], long[2]);
                        END LOOP;
                    ELSE
                        EXECUTE 'ALTER TABLE "RawMails" ALTER COLUMN "Bytes" SET STORAGE EXTERNAL';
                    END IF;
                END
                $$
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Any version reads what is stored either way.
        }
    }
}
