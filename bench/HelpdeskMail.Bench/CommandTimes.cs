using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpdeskMail.Bench;

/// <summary>Counts the database commands of a run by their first words and sums up how long they took.</summary>
internal sealed class CommandTimes : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly ConcurrentDictionary<string, (int Count, double Milliseconds)> commands = new(StringComparer.Ordinal);

    public static CommandTimes Start()
    {
        var times = new CommandTimes();
        DiagnosticListener.AllListeners.Subscribe(times);
        return times;
    }

    public void Report(int mails)
    {
        foreach (var (text, (count, milliseconds)) in commands.OrderByDescending(pair => pair.Value.Milliseconds).Take(25))
            Console.Error.WriteLine($"{milliseconds * 1000 / mails,9:0.0} µs/mail {count,7} times  {text}");
    }

    public void Clear() => commands.Clear();

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore") value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandExecutedEventData command:
                Add(string.Concat(command.Command.CommandText.ReplaceLineEndings(" ").Take(90)), command.Duration);
                break;
            case TransactionEndEventData end:
                Add("COMMIT/END", end.Duration);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Add(string what, TimeSpan took) => commands.AddOrUpdate(what, (1, took.TotalMilliseconds), (_, sum) => (sum.Count + 1, sum.Milliseconds + took.TotalMilliseconds));
}
