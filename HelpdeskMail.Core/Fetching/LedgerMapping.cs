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
        builder.HasIndex(entry => new { entry.MailboxId, entry.State, entry.Id });
        builder.HasIndex(entry => entry.StoredMailId);
    }
}
