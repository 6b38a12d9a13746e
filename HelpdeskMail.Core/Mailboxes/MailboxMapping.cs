using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Mailboxes;

internal sealed class MailboxMapping : IEntityTypeConfiguration<Mailbox>, IEntityTypeConfiguration<MailboxStatus>
{
    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.Property(mailbox => mailbox.Name).HasMaxLength(200);
        builder.Property(mailbox => mailbox.Address).HasMaxLength(320);
        builder.Property(mailbox => mailbox.Host).HasMaxLength(255);
        builder.Property(mailbox => mailbox.UserName).HasMaxLength(320);
        builder.Property(mailbox => mailbox.PinnedCertificate).HasMaxLength(64);
        builder.Property(mailbox => mailbox.Folder).HasMaxLength(500);
        builder.Property(mailbox => mailbox.ArchiveFolder).HasMaxLength(500);
        builder.Property(mailbox => mailbox.FirstFetch).HasMaxLength(40);
        builder.Property(mailbox => mailbox.AuthServers).HasMaxLength(1000);
        builder.HasIndex(mailbox => mailbox.Name).IsUnique();
        builder.HasOne<Queue>().WithMany().HasForeignKey(mailbox => mailbox.QueueId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<OutboundAccount>().WithMany().HasForeignKey(mailbox => mailbox.ReplyViaId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(mailbox => mailbox.Status).WithOne().HasForeignKey<MailboxStatus>(status => status.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MailboxStatus> builder)
    {
        builder.HasKey(status => status.MailboxId);
        builder.Property(status => status.LeaseOwner).HasMaxLength(200);
        builder.Property(status => status.WatchOwner).HasMaxLength(200);
        builder.Property(status => status.CursorFolder).HasMaxLength(500);
    }
}
