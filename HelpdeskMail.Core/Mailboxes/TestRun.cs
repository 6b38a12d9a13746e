using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Runs a connection test and hands out its steps while it goes on; the first failing step is the last.</summary>
internal sealed class TestRun
{
    /// <summary>For the whole test, whatever the server does: each wait has a deadline of its own (<see cref="Deadlines.Interactive"/>), but a hostile server could make many of them.</summary>
    private static readonly TimeSpan WholeTest = TimeSpan.FromMinutes(2);

    private readonly Channel<TestStep> _steps = Channel.CreateUnbounded<TestStep>();
    private readonly TimeProvider _time;
    private readonly string _host;
    private ConnectStage? _lastStage;
    private long _stageStarted;

    private TestRun(TimeProvider time, string host, ProtocolTrace? trace)
    {
        _time = time;
        _host = host;
        _stageStarted = time.GetTimestamp();
        Transport = new TransportOptions { Deadlines = Deadlines.Interactive, Time = time, StageDone = OnStage, Trace = trace };
    }

    /// <summary>To connect with: reports resolve, connect, tls and greeting by itself.</summary>
    public TransportOptions Transport { get; }

    public static async IAsyncEnumerable<TestStep> StreamAsync(
        TimeProvider time, string host, TestOptions options, Func<TestRun, CancellationToken, Task> test, [EnumeratorCancellation] CancellationToken cancel)
    {
        var run = new TestRun(time, host, options.Trace);
        // A page that is closed leaves in the middle: the test must not go on behind its back.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var deadline = new CancellationTokenSource(WholeTest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left.Token, deadline.Token);
        var work = run.RunAsync(test, either.Token, deadline.Token);
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

    /// <param name="work">Returns what to show: plain words, the server's if there are any, and whether somebody should look at it.</param>
    public async Task StepAsync(string name, Func<Task<(string Text, string? Server, bool Warning)>> work)
    {
        var started = _time.GetTimestamp();
        try
        {
            var (text, server, warning) = await work();
            Add(new TestStep(name, Ok: true, _time.GetElapsedTime(started).TotalMilliseconds, text, server, Warning: warning));
        }
        catch (MailException error)
        {
            throw Fail(name, _time.GetElapsedTime(started), error);
        }
    }

    /// <inheritdoc cref="StepAsync(string, Func{Task{ValueTuple{string, string, bool}}})"/>
    public Task StepAsync(string name, Func<Task<string>> work) => StepAsync(name, async () => (await work(), (string?)null, false));

    /// <summary>For what is wrong without any server having said so.</summary>
    public Exception Fail(string name, string text, string? server = null)
    {
        Add(new TestStep(name, Ok: false, 0, text, server));
        return new TestEndedException();
    }

    private async Task RunAsync(Func<TestRun, CancellationToken, Task> test, CancellationToken cancel, CancellationToken deadline)
    {
        try
        {
            await test(this, cancel);
            _steps.Writer.TryComplete();
        }
        catch (Exception error) when (error is TestEndedException or OperationCanceledException)
        {
            if (error is OperationCanceledException && deadline.IsCancellationRequested)
                Fail(NextStage(), $"The test took longer than {WholeTest.TotalMinutes:0} minutes and was given up: the server answers, but far too slowly.");
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
        var (kind, server) = (MailErrors.KindOf(error), MailErrors.ServerWords(error));
        var text = $"{MailErrors.PlainWords(error)} {ErrorAdvice.For(kind, _host, server)}".Trim();
        if (error is CertificateRefusedException { Certificate: var shown }) server = CertificateWords.All(shown, []);
        Add(new TestStep(name, Ok: false, took.TotalMilliseconds, text, server, MailErrors.CertificateOf(error), HelpUrl: ProviderMends.Find(kind, _host, server)?.HelpUrl));
        return new TestEndedException();
    }

    private void OnStage(StageReport done)
    {
        var (name, text, server) = done.Stage switch
        {
            ConnectStage.Resolve => ("resolve", Resolved(done.Detail), (string?)null),
            ConnectStage.Connect => ("connect", $"Connected to {done.Detail}.{string.Concat(done.Failed.Select(failed => $" Before that no connection to {failed}."))}", null),
            ConnectStage.Tls => ("tls", CertificateWords.Encrypted(done.Tls!, _time.GetUtcNow()), done.Tls!.Certificate is { } shown ? CertificateWords.All(shown, done.Tls.Chain) : null),
            ConnectStage.Greeting => ("greeting", "The server says hello.", done.Detail),
            _ => throw new ArgumentOutOfRangeException(nameof(done)),
        };
        var warning = done.Failed.Count > 0 || (done.Tls is { } tls && CertificateWords.NeedsALook(tls, _time.GetUtcNow()));
        Add(new TestStep(name, Ok: true, done.Took.TotalMilliseconds, text, server, Warning: warning));
        _lastStage = done.Stage;
        _stageStarted = _time.GetTimestamp();
    }

    private string Resolved(string addresses) => addresses.Split(", ") switch
    {
        [var only] when only == _host.Trim('[', ']') => $"{_host} is an address already: there is no name to look up.",
        [var only] => $"{_host} is {only}.",
        var several => $"{_host} has {several.Length} addresses: {addresses}.",
    };

    private string NextStage() => _lastStage switch { null => "resolve", ConnectStage.Resolve => "connect", ConnectStage.Connect => "greeting", _ => "login" };

    private string StageOf(MailException error) => error switch
    {
        MailProtocolException { Kind: MailFaultKind.ResolveFailed } => "resolve",
        MailProtocolException { Kind: MailFaultKind.ConnectRefused or MailFaultKind.ConnectTimeout or MailFaultKind.ConnectFailed } => "connect",
        MailProtocolException { Kind: MailFaultKind.TlsFailed or MailFaultKind.TlsNotOffered or MailFaultKind.CertificateRefused } => "tls",
        _ => _lastStage == ConnectStage.Connect && error.Message.Contains("TLS", StringComparison.Ordinal) ? "tls" : "greeting",
    };

    private sealed class TestEndedException : Exception;
}
