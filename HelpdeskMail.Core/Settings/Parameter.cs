using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>A parameter that administrators change in the portal: its key, its default and what it may be.</summary>
public abstract class Parameter(string key, string description)
{
    public string Key { get; } = key;

    /// <summary>One sentence for the settings page.</summary>
    public string Description { get; } = description;

    /// <summary>The default as it would be kept.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Tidies a value that somebody entered.</summary>
    /// <param name="text">As entered.</param>
    /// <param name="tidy">As it is to be kept.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    internal abstract string? Check(string text, out string tidy);

    /// <summary>A kept value as the configuration file shows it.</summary>
    internal abstract JsonNode ToJson(string text);
}

/// <summary>A parameter whose value is a <typeparamref name="T"/>.</summary>
public abstract class Parameter<T>(string key, string description) : Parameter(key, description)
{
    /// <summary>Reads a kept value; the default where it can't be read.</summary>
    internal abstract T Read(string? text);
}
