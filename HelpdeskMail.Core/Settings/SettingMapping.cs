using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Settings;

internal sealed class SettingMapping : IEntityTypeConfiguration<Setting>, IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.HasKey(setting => setting.Key);
        builder.Property(setting => setting.Key).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.HasKey(counter => counter.Name);
        builder.Property(counter => counter.Name).HasMaxLength(50);
        builder.HasData(new Counter { Name = Counter.Tickets }, new Counter { Name = Counter.Changes }, new Counter { Name = Counter.Configuration });
    }
}
