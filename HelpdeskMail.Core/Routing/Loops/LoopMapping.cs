using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Routing.Loops;

internal sealed class LoopMapping : IEntityTypeConfiguration<LoopIncident>, IEntityTypeConfiguration<LoopRecord>
{
    public void Configure(EntityTypeBuilder<LoopIncident> builder)
    {
        builder.Property(row => row.Sender).HasMaxLength(320);
        builder.Property(row => row.Recipient).HasMaxLength(320);
        builder.Property(row => row.ResumedBy).HasMaxLength(200);
        builder.HasIndex(row => new { row.Sender, row.StartedAt });
        builder.HasIndex(row => row.LastAt);
        builder.HasIndex(row => new { row.ResumedAt, row.Id });
    }

    public void Configure(EntityTypeBuilder<LoopRecord> builder)
    {
        builder.Property(row => row.Sender).HasMaxLength(320);
        builder.HasIndex(row => new { row.Sender, row.At });
        builder.HasIndex(row => row.At);
    }
}
