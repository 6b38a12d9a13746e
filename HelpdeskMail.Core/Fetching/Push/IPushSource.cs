namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>A source whose server can tell of new mail while the connection stays open between fetches.</summary>
public interface IPushSource : IMailSource
{
    /// <summary>Opened, and no fault since.</summary>
    bool IsOpen { get; }

    /// <summary>False: the server has to be asked.</summary>
    bool CanIdle { get; }

    /// <summary>Returns when there may be mail that the last listing didn't show, or when <paramref name="stop"/> is cancelled; bounded after that.</summary>
    /// <param name="askEvery">How often to ask a server that can't tell by itself.</param>
    /// <exception cref="MailSourceException">The connection is lost.</exception>
    Task WaitForMailAsync(TimeSpan askEvery, CancellationToken stop);
}
