using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>All filters in the order in which they run: by their number, alphabetically where that is equal. Of a thousand a mail is held against the few
/// whose texts it has (<see cref="FieldLiterals"/>).</summary>
internal sealed class FilterSet
{
    private readonly List<CompiledFilter> filters;
    private readonly List<FieldGates> gates = [];
    private readonly bool[] always;

    public FilterSet(IEnumerable<Filter> filters)
    {
        var fields = new Dictionary<string, FieldLiterals>(StringComparer.OrdinalIgnoreCase);
        FieldLiterals LiteralsOf(string field)
        {
            if (!fields.TryGetValue(field, out var literals)) fields[field] = literals = new FieldLiterals(field, fields.Count);
            return literals;
        }

        this.filters = [.. InOrder(filters).Select(filter => new CompiledFilter(filter, LiteralsOf))];
        always = new bool[this.filters.Count];
        foreach (var (number, filter) in this.filters.Index())
        {
            if (filter.Gates() is not { } own) always[number] = true;
            else foreach (var gate in own) GatesOf(gate.Literals).Add(gate.Texts, number);
        }
    }

    public bool IsEmpty => filters.Count == 0;

    public static IEnumerable<Filter> InOrder(IEnumerable<Filter> filters) => filters.OrderBy(filter => filter.Order).ThenBy(filter => filter.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs them one after the other: what an earlier one sets as a header, later ones see.</summary>
    public IEnumerable<FilterMatching> Run(ReadMail mail, SenderTrust? trust, IReadOnlyDictionary<string, string> commands)
    {
        var seen = new FilterMail(mail, trust, commands);
        var (open, known) = (Open(seen), commands.Count);
        for (var number = 0; number < filters.Count; number++)
        {
            if (commands.Count != known) (open, known) = (Open(seen), commands.Count);
            if (!open[number] || filters[number].Match(seen) is not { } matching) continue;
            yield return matching;
            if (matching.Filter.Stop) yield break;
        }
    }

    /// <summary>Which filters are asked, by number.</summary>
    private bool[] Open(FilterMail mail)
    {
        var open = (bool[])always.Clone();
        foreach (var field in gates) field.Open(mail, open);
        return open;
    }

    private FieldGates GatesOf(FieldLiterals literals)
    {
        var found = gates.Find(field => field.Literals == literals);
        if (found is null) gates.Add(found = new FieldGates(literals));
        return found;
    }

    /// <summary>The filters that wait for texts of one field.</summary>
    private sealed class FieldGates(FieldLiterals literals)
    {
        private readonly List<(int Text, int Filter)> behind = [];

        public FieldLiterals Literals { get; } = literals;

        public void Add(int[] texts, int filter) => behind.AddRange(texts.Select(text => (text, filter)));

        public void Open(FilterMail mail, bool[] open)
        {
            var found = mail.Found(Literals);
            foreach (var (text, filter) in behind)
            {
                if (found is null || found[text]) open[filter] = true;
            }
        }
    }
}
