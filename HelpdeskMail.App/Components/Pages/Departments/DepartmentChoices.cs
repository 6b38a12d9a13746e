using HelpdeskMail.App.Components.Shared;

namespace HelpdeskMail.App.Components.Pages.Departments;

/// <summary>What departments and queues can be given.</summary>
/// <param name="Accounts">Outbound accounts; null is the global one.</param>
/// <param name="Domains">Alias domains; null is the default one.</param>
/// <param name="Senders">System addresses; null is none.</param>
public sealed record DepartmentChoices(IReadOnlyList<Choice<long?>> Accounts, IReadOnlyList<Choice<long?>> Domains, IReadOnlyList<Choice<long?>> Senders)
{
    public static DepartmentChoices None { get; } = new([], [], []);
}
