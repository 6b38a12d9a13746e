using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>All filters in the order in which they run: by their number, alphabetically where that is equal.</summary>
internal sealed class FilterSet(IEnumerable<Filter> filters)
{
    private readonly List<CompiledFilter> filters = [.. InOrder(filters).Select(filter => new CompiledFilter(filter))];

    public bool IsEmpty => filters.Count == 0;

    public static IEnumerable<Filter> InOrder(IEnumerable<Filter> filters) => filters.OrderBy(filter => filter.Order).ThenBy(filter => filter.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs them one after the other: what an earlier one sets as a header, later ones see.</summary>
    public IEnumerable<FilterMatching> Run(ReadMail mail, SenderTrust? trust, IReadOnlyDictionary<string, string> commands)
    {
        var seen = new FilterMail(mail, trust, commands);
        foreach (var filter in filters)
        {
            if (filter.Match(seen) is not { } matching) continue;
            yield return matching;
            if (matching.Filter.Stop) yield break;
        }
    }
}
