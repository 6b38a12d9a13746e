namespace HelpdeskMail.Core;

/// <summary>What came of a use case: a value, or faults by field (the field's name as in API.md's JSON; "" for the whole).</summary>
public sealed class Outcome<T>
{
    private Outcome(T? value, IReadOnlyDictionary<string, string[]> errors)
    {
        Value = value;
        Errors = errors;
    }

    public T? Value { get; }

    public IReadOnlyDictionary<string, string[]> Errors { get; }

    public bool Ok => Errors.Count == 0;

    public static implicit operator Outcome<T>(T value) => new(value, new Dictionary<string, string[]>());

    public static implicit operator Outcome<T>(Faults faults) => new(default, faults.ToDictionary());
}
