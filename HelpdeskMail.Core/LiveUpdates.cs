namespace HelpdeskMail.Core;

/// <summary>Tells open pages that something changed, whoever did it: this process at once, another one within a second or so.</summary>
public sealed class LiveUpdates
{
    /// <summary>Raised on any thread, at most a few times a second. Handlers must not throw.</summary>
    public event Action<LiveTopic>? Changed;

    public void Publish(LiveTopic topic) => Changed?.Invoke(topic);
}
