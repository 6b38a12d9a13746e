using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Tickets;

internal sealed class TicketMapping : IEntityTypeConfiguration<Ticket>, IEntityTypeConfiguration<TicketTag>, IEntityTypeConfiguration<TicketParticipant>, IEntityTypeConfiguration<TicketField>, IEntityTypeConfiguration<TicketEvent>
{
    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.Property(ticket => ticket.Number).HasMaxLength(20);
        builder.Property(ticket => ticket.Subject).HasMaxLength(998);
        builder.Property(ticket => ticket.OwnerId).HasMaxLength(450);
        builder.HasIndex(ticket => ticket.Number).IsUnique();
        builder.HasIndex(ticket => new { ticket.State, ticket.UpdatedAt });
        builder.HasIndex(ticket => new { ticket.QueueId, ticket.State, ticket.UpdatedAt });
        builder.HasIndex(ticket => new { ticket.OwnerId, ticket.State, ticket.UpdatedAt });
        builder.HasIndex(ticket => ticket.UpdatedAt);
        builder.HasIndex(ticket => new { ticket.Priority, ticket.Id });
        builder.HasIndex(ticket => ticket.MergedIntoId).HasFilter("\"MergedIntoId\" IS NOT NULL"); // few tickets are: the others cost nothing
        builder.HasOne(ticket => ticket.Queue).WithMany().HasForeignKey(ticket => ticket.QueueId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(ticket => ticket.Customer).WithMany().HasForeignKey(ticket => ticket.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(ticket => ticket.Tags).WithOne().HasForeignKey(tag => tag.TicketId);
    }

    public void Configure(EntityTypeBuilder<TicketTag> builder)
    {
        builder.HasKey(tag => new { tag.TicketId, tag.Tag });
        builder.Property(tag => tag.Tag).HasMaxLength(100);
        builder.HasIndex(tag => tag.Tag);
    }

    public void Configure(EntityTypeBuilder<TicketParticipant> builder)
    {
        builder.HasKey(row => new { row.TicketId, row.Address });
        builder.Property(row => row.Address).HasMaxLength(320);
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(row => row.TicketId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TicketField> builder)
    {
        builder.HasKey(row => new { row.TicketId, row.Name });
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Value).HasMaxLength(2000);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(row => row.TicketId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TicketEvent> builder)
    {
        builder.Property(line => line.Kind).HasMaxLength(32);
        builder.Property(line => line.ActorName).HasMaxLength(200);
        builder.HasIndex(line => line.TicketId);
    }
}
