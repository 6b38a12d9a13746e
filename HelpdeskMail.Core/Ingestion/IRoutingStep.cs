namespace HelpdeskMail.Core.Ingestion;

/// <summary>One question of the pipeline. Reads the context, may set its verdict fields, never writes to the database.</summary>
internal interface IRoutingStep
{
    /// <summary>As it stands in traces.</summary>
    string Name { get; }

    /// <summary>The decision, or null to let the next step have its say.</summary>
    Decision? Decide(RoutingContext context);
}
