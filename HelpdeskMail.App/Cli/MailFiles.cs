using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.App.Cli;

/// <summary>The mails that lie at a path: an mbox, a Maildir, a folder of single mails, or one.</summary>
internal static class MailFiles
{
    private static readonly string[] MaildirFolders = ["cur", "new"];

    /// <summary>One after the other, so that only one file is in memory.</summary>
    /// <param name="maxBytes">A single mail larger than this is named and not read.</param>
    public static IEnumerable<FiledMail> Read(string path, long maxBytes)
    {
        if (IsMaildir(path)) return MaildirFolders.SelectMany(folder => Folder(Path.Combine(path, folder), "*", maxBytes));
        if (Directory.Exists(path)) return Folder(path, "*.eml", maxBytes);
        if (!File.Exists(path)) return [new FiledMail(path, null, "There is no such file or folder.")];
        return IsMbox(path) ? Split(path) : [Single(path, maxBytes)];
    }

    private static IEnumerable<FiledMail> Folder(string folder, string pattern, long maxBytes)
    {
        if (!Directory.Exists(folder)) yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = pattern != "*", MatchCasing = MatchCasing.CaseInsensitive };
        foreach (var file in Directory.EnumerateFiles(folder, pattern, options).Order(StringComparer.Ordinal)) yield return Single(file, maxBytes);
    }

    private static FiledMail Single(string file, long maxBytes)
    {
        try
        {
            var size = new FileInfo(file).Length;
            return size > maxBytes ? new FiledMail(file, null, $"{size} bytes are more than Mail:MaxMessageBytes allows.") : new FiledMail(file, File.ReadAllBytes(file), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FiledMail(file, null, e.Message);
        }
    }

    private static IEnumerable<FiledMail> Split(string file)
    {
        if (new FileInfo(file).Length > Array.MaxLength) return [new FiledMail(file, null, "An mbox of more than 2 GB must be split first.")];
        return Mbox.Split(File.ReadAllBytes(file)).Select((mail, index) => new FiledMail($"{file} ({index + 1})", mail.ToArray(), null));
    }

    private static bool IsMaildir(string path) => Directory.Exists(Path.Combine(path, "cur")) && Directory.Exists(Path.Combine(path, "new"));

    private static bool IsMbox(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[5];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual("From "u8);
    }
}

/// <param name="Raw">Null: it could not be read; <see cref="Fault"/> says why.</param>
internal sealed record FiledMail(string Name, byte[]? Raw, string? Fault);
