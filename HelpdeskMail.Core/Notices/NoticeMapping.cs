using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Notices;

internal sealed class NoticeMapping : IEntityTypeConfiguration<NoticeTemplate>, IEntityTypeConfiguration<SentNotice>
{
    public void Configure(EntityTypeBuilder<NoticeTemplate> builder)
    {
        builder.Property(template => template.Language).HasMaxLength(8);
        builder.Property(template => template.Subject).HasMaxLength(500);
        builder.HasIndex(template => new { template.Kind, template.Language }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SentNotice> builder)
    {
        builder.Property(notice => notice.Address).HasMaxLength(320);
        builder.HasIndex(notice => new { notice.Address, notice.Kind, notice.SentAt });
        builder.HasIndex(notice => notice.StoredMailId);
    }
}
