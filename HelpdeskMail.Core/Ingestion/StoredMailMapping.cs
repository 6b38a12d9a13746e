using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Ingestion;

internal sealed class StoredMailMapping : IEntityTypeConfiguration<StoredMail>, IEntityTypeConfiguration<RawMail>
{
    public void Configure(EntityTypeBuilder<StoredMail> builder)
    {
        builder.Property(mail => mail.ContentHash).HasMaxLength(32);
        builder.Property(mail => mail.DecidedBy).HasMaxLength(200);
        builder.HasIndex(mail => mail.ContentKey);
        builder.HasIndex(mail => new { mail.State, mail.Id });
        builder.HasIndex(mail => mail.TicketId);
        builder.HasIndex(mail => new { mail.MailboxId, mail.Id }); // "decide again" goes through a mailbox's mail in order
        builder.HasOne(mail => mail.Raw).WithOne().HasForeignKey<RawMail>(raw => raw.StoredMailId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RawMail> builder)
    {
        builder.HasKey(raw => raw.StoredMailId);
        builder.Property(raw => raw.StoredMailId).ValueGeneratedNever();
    }
}
