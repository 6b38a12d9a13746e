using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.CommunicationLog;

internal sealed class CommunicationMapping : IEntityTypeConfiguration<Communication>
{
    public void Configure(EntityTypeBuilder<Communication> builder)
    {
        builder.Property(row => row.Account).HasMaxLength(200);
        builder.Property(row => row.Sender).HasMaxLength(320);
        builder.Property(row => row.Recipient).HasMaxLength(320);
        builder.Property(row => row.Entries).HasJsonList();
        builder.HasIndex(row => row.StartedAt);
        builder.HasIndex(row => new { row.Status, row.StartedAt });
        builder.HasIndex(row => new { row.Account, row.StartedAt });
        builder.HasIndex(row => row.ConnectionId);
        builder.HasIndex(row => row.TicketId);
    }
}
