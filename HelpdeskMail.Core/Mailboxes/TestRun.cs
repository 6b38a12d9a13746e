using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Runs a connection test and hands out its steps while it goes on; the first failing step is the last.</summary>
internal sealed class TestRun
{
    private readonly Channel<TestStep> _steps = Channel.CreateUnbounded<TestStep>();
    private readonly TimeProvider _time;
    private readonly string _host;
    private ConnectStage? _lastStage;
    private long _stageStarted;

    private TestRun(TimeProvider time, string host)
    {
        _time = time;
        _host = host;
        _stageStarted = time.GetTimestamp();
        Transport = new TransportOptions { Deadlines = Deadlines.Interactive, Time = time, StageDone = OnStage };
    }

    /// <summary>To connect with: reports resolve, connect, tls and greeting by itself.</summary>
    public TransportOptions Transport { get; }

    public static async IAsyncEnumerable<TestStep> StreamAsync(TimeProvider time, string host, Func<TestRun, CancellationToken, Task> test, [EnumeratorCancellation] CancellationToken cancel)
    {
        var run = new TestRun(time, host);
        // A page that is closed leaves in the middle: the test must not go on behind its back.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = run.RunAsync(test, left.Token);
        try
        {
            await foreach (var step in run._steps.Reader.ReadAllAsync(cancel))
                yield return step;
        }
        finally
        {
            await left.CancelAsync();
            await work;
        }
    }

    public void Add(TestStep step) => _steps.Writer.TryWrite(step);

    /// <summary>Connecting: its stages report themselves, a failure is put to the stage it belongs to.</summary>
    public async Task<T> ConnectAsync<T>(Func<TransportOptions, Task<T>> connect)
    {
        try
        {
            return await connect(Transport);
        }
        catch (MailException error)
        {
            throw Fail(StageOf(error), _time.GetElapsedTime(_stageStarted), error);
        }
    }

    /// <param name="work">Returns what to show: plain words and, if there are any, the server's.</param>
    public async Task StepAsync(string name, Func<Task<(string Text, string? Server)>> work)
    {
        var started = _time.GetTimestamp();
        try
        {
            var (text, server) = await work();
            Add(new TestStep(name, Ok: true, _time.GetElapsedTime(started).TotalMilliseconds, text, server));
        }
        catch (MailException error)
        {
            throw Fail(name, _time.GetElapsedTime(started), error);
        }
    }

    /// <summary>For what is wrong without any server having said so.</summary>
    public Exception Fail(string name, string text)
    {
        Add(new TestStep(name, Ok: false, 0, text, Server: null));
        return new TestEndedException();
    }

    private async Task RunAsync(Func<TestRun, CancellationToken, Task> test, CancellationToken cancel)
    {
        try
        {
            await test(this, cancel);
            _steps.Writer.TryComplete();
        }
        catch (Exception error) when (error is TestEndedException or OperationCanceledException)
        {
            _steps.Writer.TryComplete();
        }
        catch (Exception error)
        {
            // Reaches the reader of the steps; nothing is swallowed.
            _steps.Writer.TryComplete(error);
        }
    }

    private TestEndedException Fail(string name, TimeSpan took, MailException error)
    {
        var text = $"{MailErrors.PlainWords(error)} {ErrorAdvice.For(MailErrors.KindOf(error), _host)}".Trim();
        Add(new TestStep(name, Ok: false, took.TotalMilliseconds, text, MailErrors.ServerWords(error), MailErrors.CertificateOf(error)));
        return new TestEndedException();
    }

    private void OnStage(ConnectStage stage, TimeSpan took, string detail)
    {
        var (name, text, server) = stage switch
        {
            ConnectStage.Resolve => ("resolve", $"{_host} is {detail}.", (string?)null),
            ConnectStage.Connect => ("connect", $"Connected to {detail}.", null),
            ConnectStage.Tls => ("tls", $"Encrypted with {detail}.", null),
            ConnectStage.Greeting => ("greeting", "The server says hello.", detail),
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
        Add(new TestStep(name, Ok: true, took.TotalMilliseconds, text, server));
        _lastStage = stage;
        _stageStarted = _time.GetTimestamp();
    }

    private string StageOf(MailException error) => error switch
    {
        MailProtocolException { Kind: MailFaultKind.ResolveFailed } => "resolve",
        MailProtocolException { Kind: MailFaultKind.ConnectRefused or MailFaultKind.ConnectTimeout or MailFaultKind.ConnectFailed } => "connect",
        MailProtocolException { Kind: MailFaultKind.TlsFailed or MailFaultKind.TlsNotOffered or MailFaultKind.CertificateRefused } => "tls",
        _ => _lastStage == ConnectStage.Connect && error.Message.Contains("TLS", StringComparison.Ordinal) ? "tls" : "greeting",
    };

    private sealed class TestEndedException : Exception;
}
