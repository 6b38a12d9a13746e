namespace HelpdeskMail.Core.Agents;

/// <summary>What a user is told of by mail.</summary>
public sealed class AgentNotification
{
    /// <summary>Customers' messages on tickets he owns.</summary>
    public bool Messages { get; set; }

    /// <summary>Colleagues' notes on tickets he owns.</summary>
    public bool Notes { get; set; }

    /// <summary>Departments whose new tickets he is told of.</summary>
    public HashSet<long> Departments { get; set; } = [];
}
