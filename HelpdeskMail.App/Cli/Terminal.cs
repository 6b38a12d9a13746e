using System.Text.Json;
using HelpdeskMail.App.Api;

namespace HelpdeskMail.App.Cli;

/// <summary>Where a command reads and writes: the process's streams, or a test's. What is asked for goes to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record Terminal(Stream In, Stream Out, TextWriter Error, bool InputIsGiven)
{
    public static Terminal Process() => new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, Console.IsInputRedirected);

    /// <summary>One JSON object on a line of its own.</summary>
    public void Json(object value)
    {
        lock (Out)
        {
            Out.Write(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), HelpdeskJson.Options));
            Out.WriteByte((byte)'\n');
            Out.Flush();
        }
    }

    public void Line(string text)
    {
        Out.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
        Out.Flush();
    }

    public void Faults(IReadOnlyDictionary<string, string[]> faults)
    {
        foreach (var (field, texts) in faults)
            foreach (var text in texts) Error.WriteLine(field.Length == 0 ? text : $"{field}: {text}");
    }
}
