namespace HelpdeskMail.Core.Data;

/// <summary>The database can't be used; the message is a sentence for the administrator that says why and never holds the password.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    public DatabaseUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
