using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Routing.Filters;

internal sealed class FilterMapping : IEntityTypeConfiguration<Filter>, IEntityTypeConfiguration<FilterChange>
{
    public void Configure(EntityTypeBuilder<Filter> builder)
    {
        builder.Property(filter => filter.Name).HasMaxLength(200);
        builder.Property(filter => filter.Conditions).HasJsonList();
        builder.Property(filter => filter.Actions).HasJsonList();
        builder.HasIndex(filter => filter.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FilterChange> builder)
    {
        builder.Property(change => change.Name).HasMaxLength(200);
        builder.Property(change => change.ActorName).HasMaxLength(200);
        builder.HasIndex(change => change.Name);
    }
}
