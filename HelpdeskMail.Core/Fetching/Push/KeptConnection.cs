using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching.Push;

/// <summary>The connection of a watched mailbox: it waits for mail, and the fetches of what came go over it, which saves a log-in each.</summary>
internal sealed class KeptConnection(MailSourceFor sources) : IAsyncDisposable
{
    private IMailSource? source;
    private ConnectionKey? key;

    /// <summary>Null: there is none, or it can't wait.</summary>
    public IPushSource? Waiting => source is IPushSource { IsOpen: true } open ? open : null;

    /// <summary>The kept source while it is good for the mailbox as it is configured now, else a new one, not yet open.</summary>
    /// <exception cref="MailSourceException">None can be made.</exception>
    public async Task<IMailSource> ForAsync(Mailbox mailbox)
    {
        var wanted = ConnectionKey.Of(mailbox);
        if (Waiting is { } open && wanted == key) return open;
        await CloseAsync();
        key = wanted;
        return source = sources(mailbox);
    }

    public async Task CloseAsync()
    {
        if (source is not { } old) return;
        source = null;
        await old.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
