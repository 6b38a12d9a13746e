using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Customers;

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<FailedAddress>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.Property(customer => customer.Name).HasMaxLength(200);
        builder.Property(customer => customer.Address).HasMaxLength(320);
        builder.HasIndex(customer => customer.Address).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FailedAddress> builder)
    {
        builder.HasKey(row => row.Address);
        builder.Property(row => row.Address).HasMaxLength(320);
        builder.Property(row => row.Status).HasMaxLength(20);
        builder.Property(row => row.Line).HasMaxLength(1000);
    }
}
