using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Confirmations;

internal sealed class ConfirmationMapping : IEntityTypeConfiguration<ProviderConfirmation>
{
    public void Configure(EntityTypeBuilder<ProviderConfirmation> builder)
    {
        builder.Property(row => row.Provider).HasMaxLength(255);
        builder.Property(row => row.Sender).HasMaxLength(320);
        builder.Property(row => row.Recipient).HasMaxLength(320);
        builder.Property(row => row.Account).HasMaxLength(320);
        builder.Property(row => row.Subject).HasMaxLength(998);
        builder.Property(row => row.Code).HasMaxLength(64);
        builder.Property(row => row.SettledBy).HasMaxLength(200);
        builder.Property(row => row.Links).HasJsonList();
        builder.HasIndex(row => new { row.State, row.Id });
        builder.HasIndex(row => row.StoredMailId);
    }
}
