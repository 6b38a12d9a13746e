namespace HelpdeskMail.Bench;

/// <summary>A generated mail and where it belongs.</summary>
/// <param name="RootIndex">Index of the mail that started its thread; its own for a first mail.</param>
/// <param name="MessageId">Without angle brackets.</param>
internal sealed record LoadMail(int Index, int RootIndex, string MessageId, byte[] Raw);
