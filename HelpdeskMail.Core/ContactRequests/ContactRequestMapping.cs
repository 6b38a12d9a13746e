using HelpdeskMail.Core.Departments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.ContactRequests;

internal sealed class ContactRequestMapping : IEntityTypeConfiguration<ContactRequest>, IEntityTypeConfiguration<ContactRequestMail>
{
    public void Configure(EntityTypeBuilder<ContactRequest> builder)
    {
        builder.Property(request => request.FromName).HasMaxLength(200);
        builder.Property(request => request.FromAddress).HasMaxLength(320);
        builder.Property(request => request.Subject).HasMaxLength(998);
        builder.Property(request => request.Preview).HasMaxLength(500);
        builder.Property(request => request.HandledBy).HasMaxLength(200);
        builder.Property(request => request.DismissReason).HasMaxLength(500);
        builder.HasOne<Queue>().WithMany().HasForeignKey(request => request.QueueId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(request => new { request.State, request.LastMailAt, request.Id });
        builder.HasIndex(request => new { request.LastMailAt, request.Id });
    }

    public void Configure(EntityTypeBuilder<ContactRequestMail> builder)
    {
        builder.Property(mail => mail.MessageId).HasMaxLength(998);
        builder.HasOne<ContactRequest>().WithMany().HasForeignKey(mail => mail.ContactRequestId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(mail => mail.StoredMailId).IsUnique();
        builder.HasIndex(mail => mail.MessageIdKey);
    }
}
