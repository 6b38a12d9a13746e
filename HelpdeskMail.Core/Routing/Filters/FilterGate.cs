namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Texts of a field, by number, of which one must be there for a filter to be asked at all.</summary>
internal sealed record FilterGate(FieldLiterals Literals, int[] Texts);
