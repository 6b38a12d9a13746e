namespace HelpdeskMail.Core.Settings;

/// <summary>The parameters there are.</summary>
public static class Parameters
{
    public static NumberParameter LoopThreshold { get; } = new("mail.gateway.loop.threshold", 20, 1, 100_000,
        "How many records one sender may create within the loop guard's time; more are held back.");

    public static NumberParameter LoopMinutes { get; } = new("mail.gateway.loop.minutes", 120, 1, 44_640,
        "The loop guard's time, in minutes.");

    public static DomainsParameter CatchallDomains { get; } = new("mail.catchall.domain.allowed",
        "Domains in which aliases match, separated by commas. Empty: the alias domains.");

    public static IReadOnlyList<Parameter> All { get; } = [LoopThreshold, LoopMinutes, CatchallDomains];

    public static Parameter? Find(string key) => All.FirstOrDefault(parameter => parameter.Key == key);
}
