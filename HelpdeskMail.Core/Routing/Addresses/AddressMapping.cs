using HelpdeskMail.Core.Departments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Routing.Addresses;

internal sealed class AddressMapping : IEntityTypeConfiguration<AliasDomain>, IEntityTypeConfiguration<RetiredAddress>, IEntityTypeConfiguration<RetiredDomain>, IEntityTypeConfiguration<Alias>, IEntityTypeConfiguration<SystemAddress>
{
    public void Configure(EntityTypeBuilder<AliasDomain> builder)
    {
        builder.Property(row => row.Domain).HasMaxLength(255);
        builder.Property(row => row.Catchall).HasMaxLength(64);
        builder.Property(row => row.Bounce).HasMaxLength(64);
        builder.Property(row => row.CompanyAddress).HasMaxLength(320);
        builder.HasIndex(row => row.Domain).IsUnique();
        builder.HasMany(row => row.Retired).WithOne().HasForeignKey(retired => retired.AliasDomainId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(row => row.EarlierNames).WithOne().HasForeignKey(earlier => earlier.AliasDomainId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RetiredAddress> builder)
    {
        builder.Property(row => row.LocalPart).HasMaxLength(64);
        builder.HasIndex(row => new { row.AliasDomainId, row.LocalPart, row.Role }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RetiredDomain> builder)
    {
        builder.Property(row => row.Domain).HasMaxLength(255);
        builder.HasIndex(row => new { row.AliasDomainId, row.Domain }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Alias> builder)
    {
        builder.Property(row => row.LocalPart).HasMaxLength(64);
        builder.Property(row => row.Refusal).HasMaxLength(4000);
        builder.HasIndex(row => new { row.AliasDomainId, row.LocalPart }).IsUnique();
        builder.HasOne(row => row.AliasDomain).WithMany().HasForeignKey(row => row.AliasDomainId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Queue>().WithMany().HasForeignKey(row => row.QueueId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SystemAddress> builder)
    {
        builder.Property(row => row.Address).HasMaxLength(320);
        builder.Property(row => row.DisplayName).HasMaxLength(200);
        builder.Property(row => row.Comment).HasMaxLength(2000);
        builder.HasIndex(row => row.Address).IsUnique();
        builder.HasOne<Queue>().WithMany().HasForeignKey(row => row.QueueId).OnDelete(DeleteBehavior.Restrict);
    }
}
