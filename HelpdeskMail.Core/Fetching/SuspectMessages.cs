using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Fetching;

/// <summary>
/// What is left of a download when the server hangs up in the middle. Some do that over a single message they can't read (Dovecot:
/// "BYE FETCH failed"), and one bad mail must not stop the next: after a hang-up the messages that were next are asked for one by one,
/// and the one that makes the server hang up again is given up.
/// </summary>
internal sealed class SuspectMessages(IReadOnlyList<SourceMessage> messages)
{
    private const int MaxFaults = 12;

    /// <summary>As many as a hang-up may have to do with: what the client asks for in one go, and a batch of sizes ahead.</summary>
    private const int Suspects = 200;

    private readonly SortedDictionary<uint, SourceMessage> _left = new(messages.ToDictionary(message => (uint)message.Number));
    private int _oneByOne;
    private int _faults;
    private uint _accused;

    public bool MayGoOn => _faults < MaxFaults;

    /// <summary>What to ask for now; empty when nothing is left.</summary>
    public IReadOnlyCollection<uint> Next() => _oneByOne > 0 ? [.. _left.Keys.Take(1)] : [.. _left.Keys];

    public SourceMessage Take(uint uid)
    {
        var message = _left[uid];
        _left.Remove(uid);
        return message;
    }

    /// <summary>After a round; with the fault that ended it, or null. Returns the message to give up, if it is sure by now which.</summary>
    public SourceMessage? Blame(IReadOnlyCollection<uint> asked, MailProtocolException? fault)
    {
        if (fault is null)
        {
            // What was asked for and didn't come is gone from the server.
            foreach (var uid in asked)
                _left.Remove(uid);
            _oneByOne = Math.Max(0, _oneByOne - 1);
            return null;
        }

        _faults++;
        var first = asked.First();
        if (_oneByOne == 0 || !_left.ContainsKey(first) || first != _accused)
        {
            // Once may be the network.
            _oneByOne = Suspects;
            _accused = asked.Count == 1 ? first : 0;
            return null;
        }

        _oneByOne = 0;
        return Take(first);
    }
}
