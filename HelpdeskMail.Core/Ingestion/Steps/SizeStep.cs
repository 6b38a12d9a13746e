namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Keeps oversized mail aside (P12). Mail fetched from a server is held back before its bytes are; this is for the other ways in.</summary>
internal sealed class SizeStep : IRoutingStep
{
    public string Name => "size";

    public Decision? Decide(RoutingContext context)
    {
        var (size, max) = (context.Incoming.Size, Math.Max(context.Config.MaxMessageBytes, context.Incoming.AllowedBytes ?? 0));
        if (size <= max)
        {
            context.Say("pass", $"{size} of at most {max} bytes");
            return null;
        }
        context.Say("matched", $"{size} bytes, more than {max}");
        return new Decision.Quarantine(DecisionReason.TooLarge, $"The mail has {size} bytes; at most {max} are accepted.");
    }
}
