using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Outbound;

internal sealed class OutboundMapping : IEntityTypeConfiguration<OutboundAccount>, IEntityTypeConfiguration<OutboxMail>, IEntityTypeConfiguration<OutboxRecipient>
{
    public void Configure(EntityTypeBuilder<OutboundAccount> builder)
    {
        builder.Property(account => account.Name).HasMaxLength(200);
        builder.Property(account => account.Address).HasMaxLength(320);
        builder.Property(account => account.DisplayName).HasMaxLength(200);
        builder.Property(account => account.Host).HasMaxLength(255);
        builder.Property(account => account.UserName).HasMaxLength(320);
        builder.Property(account => account.PinnedCertificate).HasMaxLength(64);
        builder.HasIndex(account => account.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.Property(mail => mail.EnvelopeFrom).HasMaxLength(320);
        builder.Property(mail => mail.MessageId).HasMaxLength(998);
        builder.HasOne<OutboundAccount>().WithMany().HasForeignKey(mail => mail.OutboundAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(mail => mail.TicketMessageId);
        builder.HasIndex(mail => mail.MessageIdKey);
        builder.HasMany(mail => mail.Recipients).WithOne(recipient => recipient.OutboxMail).HasForeignKey(recipient => recipient.OutboxMailId);
    }

    public void Configure(EntityTypeBuilder<OutboxRecipient> builder)
    {
        builder.Property(recipient => recipient.Address).HasMaxLength(320);
        builder.HasIndex(recipient => new { recipient.State, recipient.NextAttemptAt });
        builder.HasIndex(recipient => new { recipient.Address, recipient.Id });
    }
}
