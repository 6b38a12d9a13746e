using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Access;

internal sealed class AccessMapping : IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<HelpdeskUser>, IEntityTypeConfiguration<IdentityRole>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Property(token => token.Name).HasMaxLength(200);
        builder.Property(token => token.Hash).HasMaxLength(64);
        builder.Property(token => token.Role).HasMaxLength(50);
        builder.HasIndex(token => token.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HelpdeskUser> builder)
    {
        builder.Property(user => user.DisplayName).HasMaxLength(200);
        builder.Property(user => user.NotifyDepartments!).HasJsonList();
    }

    /// <summary>The roles are fixed, so they come with the tables.</summary>
    public void Configure(EntityTypeBuilder<IdentityRole> builder) => builder.HasData(Roles.All.Select(role => new IdentityRole(role)
    {
        Id = role.ToLowerInvariant(),
        NormalizedName = role.ToUpperInvariant(),
        ConcurrencyStamp = role,
    }));
}
