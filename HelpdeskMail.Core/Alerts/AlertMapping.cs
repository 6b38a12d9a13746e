using HelpdeskMail.Core.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Alerts;

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertReading>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.Property(alert => alert.Subject).HasMaxLength(200);
        builder.Property(alert => alert.UserId).HasMaxLength(450);
        builder.HasIndex(alert => alert.At);
        builder.HasIndex(alert => new { alert.UserId, alert.Id });
    }

    public void Configure(EntityTypeBuilder<AlertReading> builder)
    {
        builder.HasKey(reading => reading.UserId);
        builder.HasOne<HelpdeskUser>().WithOne().HasForeignKey<AlertReading>(reading => reading.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
