namespace HelpdeskMail.Core.Configuration;

/// <summary>Finds what a file calls by name: among what is saved, and among what the file itself brings.</summary>
internal sealed class NameIndex(string what)
{
    private readonly Dictionary<string, long> saved = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> faulty = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> mentioned = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, long id) => saved[name] = id;

    public long? Find(string name) => saved.TryGetValue(name.Trim(), out var id) ? id : null;

    /// <summary>An item of the file: false where the file has had one of this name.</summary>
    public bool Mention(string name) => mentioned.Add(name.Trim());

    /// <summary>The file has it, but it can't be saved: whoever refers to it need not be told again.</summary>
    public void Faulty(string name) => faulty.Add(name.Trim());

    /// <param name="path">Where the reference stands.</param>
    /// <param name="name">Null: refers to nothing.</param>
    /// <param name="faults">Gets a fault where there is nothing of this name.</param>
    public long? Resolve(string path, string? name, Faults faults)
    {
        if (name is null) return null;
        var id = Find(name);
        if (id is null && !faulty.Contains(name.Trim())) faults.Add(path, $"There is no {what} \"{name}\", neither here nor in the database.");
        return id;
    }
}
