using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Fetching;

internal sealed class ReconciliationMapping : IEntityTypeConfiguration<Reconciliation>
{
    public void Configure(EntityTypeBuilder<Reconciliation> builder)
    {
        builder.HasKey(row => row.MailboxId);
        builder.Property(row => row.MailboxId).ValueGeneratedNever();
        builder.Property(row => row.ActorName).HasMaxLength(200);
        builder.Property(row => row.Differences).HasJsonList();
        builder.HasOne<Mailbox>().WithOne().HasForeignKey<Reconciliation>(row => row.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
