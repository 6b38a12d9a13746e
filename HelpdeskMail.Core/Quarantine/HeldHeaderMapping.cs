using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Quarantine;

internal sealed class HeldHeaderMapping : IEntityTypeConfiguration<HeldHeader>
{
    public void Configure(EntityTypeBuilder<HeldHeader> builder)
    {
        builder.HasKey(header => header.LedgerEntryId);
        builder.Property(header => header.LedgerEntryId).ValueGeneratedNever();
    }
}
