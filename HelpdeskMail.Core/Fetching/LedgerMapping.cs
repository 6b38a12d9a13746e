using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Fetching;

internal sealed class LedgerMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.Property(entry => entry.Identity).HasMaxLength(600);
        builder.Property(entry => entry.Sender).HasMaxLength(320);
        builder.HasIndex(entry => new { entry.MailboxId, entry.Identity }).IsUnique();
        builder.Property(entry => entry.Reason).HasMaxLength(32);

        // Answers what is to do (no reason), the counts by state and reason without touching a row, and lists by either.
        builder.HasIndex(entry => new { entry.MailboxId, entry.State, entry.Reason, entry.Id });
        builder.HasIndex(entry => new { entry.MailboxId, entry.SeenAt, entry.Id });
        builder.HasIndex(entry => entry.StoredMailId);
        builder.HasIndex(entry => entry.TicketId);
    }
}
