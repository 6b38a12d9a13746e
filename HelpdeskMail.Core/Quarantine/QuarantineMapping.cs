using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Quarantine;

internal sealed class QuarantineMapping : IEntityTypeConfiguration<QuarantineItem>
{
    public void Configure(EntityTypeBuilder<QuarantineItem> builder)
    {
        builder.Property(item => item.Reason).HasMaxLength(32);
        builder.Property(item => item.Sentence).HasMaxLength(2000);
        builder.Property(item => item.Sender).HasMaxLength(320);
        builder.Property(item => item.Subject).HasMaxLength(998);
        builder.Property(item => item.History).HasJsonList();
        builder.HasIndex(item => new { item.Open, item.Id });
        builder.HasIndex(item => new { item.Open, item.Reason, item.Id });
        builder.HasIndex(item => new { item.Sender, item.Since });
        builder.HasIndex(item => item.StoredMailId);
        builder.HasIndex(item => item.LedgerEntryId);
    }
}
