using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>A communication in progress; finish it with its status. Its entries may come from several threads.</summary>
public sealed class OpenCommunication : ICommunication
{
    private readonly IDbContextFactory<HelpdeskDb> contexts;
    private readonly LiveUpdates live;
    private readonly TimeProvider time;
    private readonly Communication row;
    private readonly Lock gate = new();
    private readonly List<CommunicationEntry> entries = [];

    internal OpenCommunication(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time, Communication row) =>
        (this.contexts, this.live, this.time, this.row) = (contexts, live, time, row);

    /// <summary>0 until <see cref="StartAsync"/> wrote the row.</summary>
    public long Id => row.Id;

    public string Account => row.Account;

    public void Add(LogLevels level, string step, string text, string? server = null)
    {
        var entry = new CommunicationEntry(time.GetUtcNow().UtcDateTime, level, step, text, server);
        lock (gate) entries.Add(entry);
    }

    /// <summary>Writes the row, in progress.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            db.Communications.Add(row);
            await db.SaveChangesAsync(cancel);
        }
        live.Publish(LiveTopic.Communications);
    }

    /// <summary>Writes how it ended, and the whole row where that was not written before.</summary>
    public async Task FinishAsync(CommunicationStatus status, string summary, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            db.Attach(row);
            lock (gate) row.Entries = [.. entries];
            row.Level = row.Entries.Select(entry => entry.Level).DefaultIfEmpty(LogLevels.Info).Max();
            row.Status = status == CommunicationStatus.Successful && row.Level == LogLevels.Warning ? CommunicationStatus.Warning : status;
            row.Summary = summary;
            row.EndedAt = now;
            row.Duration = (now - row.StartedAt).TotalMilliseconds;
            await db.SaveChangesAsync(cancel);
        }
        live.Publish(LiveTopic.Communications);
    }
}
