using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Deliveries;

internal sealed class DeliveryMapping : IEntityTypeConfiguration<DeliveryNews>, IEntityTypeConfiguration<FailingAddress>
{
    public void Configure(EntityTypeBuilder<DeliveryNews> builder)
    {
        builder.Property(news => news.Address).HasMaxLength(320);
        builder.Property(news => news.ReportedAddress).HasMaxLength(320);
        builder.Property(news => news.Status).HasMaxLength(32);
        builder.Property(news => news.Cause).HasMaxLength(500);
        builder.Property(news => news.Line).HasMaxLength(2000);
        builder.Property(news => news.RemoteMta).HasMaxLength(320);
        builder.Property(news => news.Subject).HasMaxLength(998);
        builder.Property(news => news.SeenBy).HasMaxLength(200);
        builder.HasIndex(news => new { news.State, news.Id });
        builder.HasIndex(news => new { news.Address, news.Id });
        builder.HasIndex(news => new { news.TicketId, news.Id });
        builder.HasIndex(news => news.TicketMessageId);
        builder.HasIndex(news => news.OutboxMailId);
        builder.HasIndex(news => news.StoredMailId);
    }

    public void Configure(EntityTypeBuilder<FailingAddress> builder)
    {
        builder.Property(row => row.Address).HasMaxLength(320);
        builder.Property(row => row.LastStatus).HasMaxLength(32);
        builder.Property(row => row.LastCause).HasMaxLength(500);
        builder.Property(row => row.LastLine).HasMaxLength(2000);
        builder.Property(row => row.ClearedBy).HasMaxLength(200);
        builder.HasIndex(row => row.Address).IsUnique();
        builder.HasIndex(row => row.UndeliverableSince);
    }
}
