using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Pop3;

public sealed partial class Pop3Client
{
    /// <summary>How many requests are on their way where the server has PIPELINING (RFC 2449 §6.6).</summary>
    private const int Window = 8;

    /// <summary>All messages with size and unique id.</summary>
    public async Task<IReadOnlyList<Pop3Message>> ListAsync(CancellationToken ct = default)
    {
        await _session.RequireAsync("LIST", ct);
        var sizes = Numbered(await _session.ReadLinesAsync(ct));
        // UIDL is optional (RFC 1939 §7), and CAPA too: ask.
        var uidl = await _session.AskAsync("UIDL", ct);
        var ids = uidl.IsOk ? Numbered(await _session.ReadLinesAsync(ct)).ToDictionary(line => line.Number, line => line.Value) : [];
        return [.. sizes.Select(line => new Pop3Message(
            line.Number,
            ids.GetValueOrDefault(line.Number) is { Length: > 0 } id ? id : null,
            long.TryParse(line.Value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0))];
    }

    /// <summary>
    /// Downloads messages in the given order. Nothing else may be asked on this connection until the enumeration has ended.
    /// </summary>
    public async IAsyncEnumerable<Pop3Download> RetrieveAsync(
        IReadOnlyList<Pop3Message> messages, long? maxBytes = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var limit = maxBytes ?? long.MaxValue - 1024;
        var wanted = messages.Where(message => message.Size <= limit).ToList();
        foreach (var message in messages.Where(message => message.Size > limit))
            yield return new Pop3Download(message.Number, Body: null);

        var window = Capabilities.Pipelining ? Window : 1;
        var asked = 0;
        var answered = 0;
        try
        {
            while (answered < wanted.Count)
            {
                ct.ThrowIfCancellationRequested();
                for (; asked < wanted.Count && asked - answered < window; asked++)
                    await _session.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"RETR {wanted[asked].Number}"), ct);
                var message = wanted[answered];
                var download = await ReadDownloadAsync(message, limit, ct);
                answered++;
                yield return download;
            }
        }
        finally
        {
            // Left early: read past what was asked for.
            for (; IsConnected && !ct.IsCancellationRequested && answered < asked; answered++)
                await ReadDownloadAsync(wanted[answered], limit, ct);
            if (IsConnected && answered < asked)
                await Connection.DisposeAsync();
        }
    }

    /// <summary>The header and the first lines of the body.</summary>
    public async Task<byte[]> TopAsync(int number, int lines, CancellationToken ct = default)
    {
        await _session.RequireAsync(string.Create(CultureInfo.InvariantCulture, $"TOP {number} {lines}"), ct);
        return await _session.ReadMessageAsync(4096, 16 * 1024 * 1024, ct) ?? throw new MailRefusedException(
            new Refusal(RefusalKind.MessageTooLarge, "TOP", "", "the header is larger than any header should be", IsPermanent: true));
    }

    /// <summary>Marks messages for deletion when the session ends with <see cref="QuitAsync"/>. Messages already marked are no error.</summary>
    public async Task DeleteAsync(IEnumerable<int> numbers, CancellationToken ct = default)
    {
        foreach (var number in numbers)
            await _session.RequireAsync(string.Create(CultureInfo.InvariantCulture, $"DELE {number}"), ct);
    }

    /// <summary>Takes all deletion marks back.</summary>
    public Task ResetAsync(CancellationToken ct = default) => _session.RequireAsync("RSET", ct);

    public Task NoopAsync(CancellationToken ct = default) => _session.RequireAsync("NOOP", ct);

    /// <summary>Ends the session and carries out the deletions (RFC 1939 §6).</summary>
    /// <exception cref="MailRefusedException">Some of them were not carried out.</exception>
    public async Task QuitAsync(CancellationToken ct = default)
    {
        try
        {
            await _session.RequireAsync("QUIT", ct);
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private async Task<Pop3Download> ReadDownloadAsync(Pop3Message message, long maxBytes, CancellationToken ct)
    {
        var status = await _session.ReadStatusAsync("RETR", ct);
        return status.IsOk
            ? new Pop3Download(message.Number, await _session.ReadMessageAsync(message.Size, maxBytes, ct))
            : new Pop3Download(message.Number, Body: null, status.ToRefusal("RETR"));
    }

    /// <summary>Lines of "number rest"; others are passed over.</summary>
    private static List<(int Number, string Value)> Numbered(List<string> lines)
    {
        var numbered = new List<(int, string)>(lines.Count);
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ');
            if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbered.Add((number, line[(space + 1)..].Trim()));
        }

        return numbered;
    }
}
