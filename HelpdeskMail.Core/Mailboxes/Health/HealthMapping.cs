using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Mailboxes.Health;

internal sealed class HealthMapping : IEntityTypeConfiguration<MailboxTrouble>, IEntityTypeConfiguration<MailboxHour>
{
    public void Configure(EntityTypeBuilder<MailboxTrouble> builder)
    {
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(trouble => trouble.MailboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(trouble => new { trouble.MailboxId, trouble.Id });
    }

    public void Configure(EntityTypeBuilder<MailboxHour> builder)
    {
        builder.HasKey(hour => new { hour.MailboxId, hour.Hour });
        builder.Property(hour => hour.Latency).HasJsonList();
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(hour => hour.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
