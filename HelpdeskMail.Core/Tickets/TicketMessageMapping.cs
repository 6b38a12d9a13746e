using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Tickets;

internal sealed class TicketMessageMapping : IEntityTypeConfiguration<TicketMessage>, IEntityTypeConfiguration<MessageAttachment>
{
    public void Configure(EntityTypeBuilder<TicketMessage> builder)
    {
        builder.Property(message => message.FromAddress).HasMaxLength(320);
        builder.Property(message => message.Subject).HasMaxLength(998);
        builder.Property(message => message.MessageId).HasMaxLength(998);
        builder.Property(message => message.To).HasJsonList();
        builder.Property(message => message.Cc).HasJsonList();
        builder.Property(message => message.Trust).HasJson();
        builder.Property(message => message.ReplyTo).HasMaxLength(320);
        builder.Property(message => message.ForwardedBy).HasMaxLength(320);
        builder.Property(message => message.EmbeddedPath).HasMaxLength(200);
        builder.Property(message => message.SourceMessageId).HasMaxLength(998);
        builder.HasIndex(message => message.MessageIdKey);
        builder.HasIndex(message => message.TicketId);
        builder.HasIndex(message => message.StoredMailId);
        builder.HasOne(message => message.Ticket).WithMany().HasForeignKey(message => message.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(message => message.Attachments).WithOne().HasForeignKey(attachment => attachment.TicketMessageId);
    }

    public void Configure(EntityTypeBuilder<MessageAttachment> builder)
    {
        builder.Property(attachment => attachment.Name).HasMaxLength(500);
        builder.Property(attachment => attachment.Type).HasMaxLength(200);
        builder.Property(attachment => attachment.Sha256).HasMaxLength(64);
        builder.Property(attachment => attachment.PartPath).HasMaxLength(200);
    }
}
