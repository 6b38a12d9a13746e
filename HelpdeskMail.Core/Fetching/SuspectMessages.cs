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

    /// <summary>How often it must hang up over the same message, asked for alone, before that is given up: a server that says why is believed, a connection
    /// that only breaks may be the network's fault.</summary>
    private const int WithWords = 2;

    private const int WithoutAWord = 6;

    private readonly SortedDictionary<uint, SourceMessage> _left = new(messages.ToDictionary(message => (uint)message.Number));
    private int _oneByOne;
    private int _faults;
    private uint _accused;
    private int _hangUps;

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
        _oneByOne = Suspects;
        if (asked.Count != 1)
        {
            // Once may be the network.
            _hangUps = 0;
            return null;
        }

        var only = asked.First();
        _hangUps = only == _accused ? _hangUps + 1 : 1;
        _accused = only;
        if (_hangUps < (fault.ServerText is null ? WithoutAWord : WithWords))
            return null;
        (_oneByOne, _hangUps) = (0, 0);
        return Take(only);
    }
}
