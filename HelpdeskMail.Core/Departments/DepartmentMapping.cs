using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Departments;

internal sealed class DepartmentMapping : IEntityTypeConfiguration<Department>, IEntityTypeConfiguration<Queue>
{
    public void Configure(EntityTypeBuilder<Department> builder)
    {
        builder.Property(department => department.Name).HasMaxLength(200);
        builder.HasIndex(department => department.Name).IsUnique();
        builder.HasOne<OutboundAccount>().WithMany().HasForeignKey(department => department.OutboundAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<AliasDomain>().WithMany().HasForeignKey(department => department.AliasDomainId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Queue> builder)
    {
        builder.Property(queue => queue.Name).HasMaxLength(200);
        builder.Property(queue => queue.Color).HasMaxLength(7);
        builder.HasIndex(queue => queue.Name).IsUnique();
        builder.HasOne<SystemAddress>().WithMany().HasForeignKey(queue => queue.SystemAddressId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(queue => queue.Department).WithMany(department => department.Queues).HasForeignKey(queue => queue.DepartmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
