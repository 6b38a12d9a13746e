using System.Collections.Concurrent;

namespace HelpdeskMail.Core;

/// <summary>Tells open pages that something changed, whoever did it: this process at once, another one within a second or so
/// (see <see cref="ChangeWatcher"/>). Published after the commit, never before.</summary>
public sealed class LiveUpdates(TimeProvider time)
{
    /// <summary>A page reloads its list on each; four times a second is as good as at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<LiveTopic, Throttle> throttles = new();

    /// <summary>Raised on any thread, at most a few times a second. Handlers must not throw.</summary>
    public event Action<LiveTopic>? Changed;

    public void Publish(LiveTopic topic) => throttles.GetOrAdd(topic, _ => new Throttle(time, Pause, () => Changed?.Invoke(topic))).Signal();

    /// <summary>The first signal goes out at once, those of the pause after it as one at its end.</summary>
    private sealed class Throttle(TimeProvider time, TimeSpan pause, Action raise)
    {
        private readonly Lock gate = new();
        private ITimer? timer;
        private bool resting;
        private bool again;

        public void Signal()
        {
            lock (gate)
            {
                again = resting;
                if (resting) return;
                Rest();
            }
            raise();
        }

        private void Rest()
        {
            resting = true;
            timer ??= time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(pause, Timeout.InfiniteTimeSpan);
        }

        private void Wake()
        {
            lock (gate)
            {
                if (!again)
                {
                    resting = false;
                    return;
                }
                again = false;
                Rest();
            }
            raise();
        }
    }
}
