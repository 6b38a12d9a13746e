namespace HelpdeskMail.Bench;

/// <param name="Count">Mails in the mailbox.</param>
/// <param name="Postgres">A private PostgreSQL instead of SQLite.</param>
/// <param name="Seed">A database that <c>seed</c> made; the run gets a copy. Null: an empty one.</param>
/// <param name="Rounds">How often, each time with a full mailbox and its own database.</param>
internal sealed record FetchLoadOptions(int Count, bool Postgres, string? Seed, int Rounds)
{
    /// <summary>[N] [--postgres] [--seed FILE] [--rounds K]; null where it is something else.</summary>
    public static FetchLoadOptions? TryParse(string[] arguments)
    {
        var options = new FetchLoadOptions(1000, Postgres: false, Seed: null, Rounds: 1);
        for (var index = 0; index < arguments.Length; index++)
        {
            switch (arguments[index])
            {
                case "--postgres":
                    options = options with { Postgres = true };
                    break;
                case "--seed" when index + 1 < arguments.Length:
                    options = options with { Seed = Path.GetFullPath(arguments[++index]) };
                    break;
                case "--rounds" when index + 1 < arguments.Length && int.TryParse(arguments[++index], out var rounds):
                    options = options with { Rounds = rounds };
                    break;
                case var text when int.TryParse(text, out var count):
                    options = options with { Count = count };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
