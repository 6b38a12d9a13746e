namespace HelpdeskMail.Core.Customers;

/// <summary>A person who wrote to us.</summary>
public sealed class Customer
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>Normalised (lower case) address; unique.</summary>
    public required string Address { get; set; }

    public DateTime CreatedAt { get; set; }
}
