using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskMail.Core.Tickets;

/// <summary>The indexed key of a Message-ID: Message-IDs may be 998 characters long, which no database indexes alike.</summary>
public static class MessageIdKey
{
    /// <summary>The first 8 bytes of the id's SHA-256; collisions are possible, so compare the id itself too.</summary>
    public static long Of(string messageId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(messageId), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
