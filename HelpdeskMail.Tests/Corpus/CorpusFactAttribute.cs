using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>A fact that reads <see cref="MailCorpus"/>; skipped, with the reason, where it isn't there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = MailCorpus.Root is null ? "The mail corpus isn't there (HELPDESK_CORPUS)." : null;
}
