using System.Text;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Reads, decides and writes a small mail of its own and takes the transaction back: a process's first mail would otherwise wait, with the network idle,
/// until code and queries are compiled. Done once, on another core, while a server greets and lists. Nobody ever sees it.</summary>
public sealed partial class FirstMail(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, RoutingConfigCache configs, MailProcessor processor, TimeProvider time, ILogger<FirstMail> logger)
{
    private static readonly byte[] Mail = Encoding.ASCII.GetBytes("""
        From: Warm Up <warm-up@helpdesk.invalid>
        To: "Help, Desk" <desk@helpdesk.invalid>
        Subject: =?utf-8?Q?Caf=C3=A9?= [T#0]
        Date: Sat, 1 Jan 2000 12:00:00 +0000
        Message-ID: <warm-up.2@helpdesk.invalid>
        In-Reply-To: <warm-up.1@helpdesk.invalid>
        References: <warm-up.0@helpdesk.invalid> <warm-up.1@helpdesk.invalid>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Caf=C3=A9

        > Before
        --a
        Content-Type: text/html; charset=utf-8

        <p>Caf&eacute;</p>
        --a--
        --b
        Content-Type: text/csv; name=rows.csv
        Content-Disposition: attachment; filename=rows.csv
        Content-Transfer-Encoding: base64

        YSxiDQoxLDINCg==
        --b--

        """.ReplaceLineEndings("\r\n"));

    private int begun;

    /// <summary>The first call reads; later ones do nothing. Never throws: whatever is wrong shows when a real mail comes.</summary>
    public Task ReadAsync(CancellationToken cancel) => Interlocked.Exchange(ref begun, 1) == 0 ? Task.Run(() => TryAsync(cancel), CancellationToken.None) : Task.CompletedTask;

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await processor.ExplainAsync(Mail, mailbox: null, cancel); // most of it, and nobody waits for the database meanwhile
            await new DecisionBatch(contexts, gate, sync, configs, time).RehearseAsync(IncomingMail.New(Mail, MailSourceKind.Fetch, mailboxId: null, notices: false), cancel);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogCold(logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The first mail will take longer")]
    private static partial void LogCold(ILogger logger, Exception fault);
}
