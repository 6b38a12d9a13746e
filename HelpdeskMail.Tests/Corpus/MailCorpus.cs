namespace HelpdeskMail.Tests;

/// <summary>The collection of real and hostile mails that the tests read where it is there: HELPDESK_CORPUS, or shared/corpus beside the working copy.</summary>
internal static class MailCorpus
{
    public static string? Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root ?? throw new InvalidOperationException("no corpus"), relative);

    public static byte[] Read(string relative) => File.ReadAllBytes(PathOf(relative));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("HELPDESK_CORPUS") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus)) return corpus;
        }

        return null;
    }
}
