using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace HelpdeskMail.Core.Data;

/// <summary>Rows for PostgreSQL's COPY in its binary format (postgresql.org/docs/current/sql-copy.html, "Binary Format"), encoded here: the driver looks up each value's
/// type anew, and an INSERT over arrays has the server write all of them to a file before it takes them apart when they are longer than a few megabytes.</summary>
internal sealed class PostgresCopy(NpgsqlRawCopyStream stream) : IDisposable
{
    /// <summary>What is sent at once: the driver sends the header of each block by itself.</summary>
    private const int BlockBytes = 128 * 1024;

    /// <summary>Longer bytes go as they are, without being copied into a block.</summary>
    private const int LongBytes = 32 * 1024;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes + LongBytes);
    private int used;

    public void Start()
    {
        "PGCOPY\n"u8.CopyTo(Take(7));
        ReadOnlySpan<byte> rest = [0xff, (byte)'\r', (byte)'\n', 0, /* flags */ 0, 0, 0, 0, /* length of what extends the header */ 0, 0, 0, 0];
        rest.CopyTo(Take(rest.Length));
    }

    public void StartRow(int columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)columns);

    /// <summary>A value of the row; its column must be of the type that EF maps the value's to.</summary>
    public ValueTask WriteAsync(object? value, CancellationToken cancel)
    {
        switch (value)
        {
            case null:
                Int32(-1);
                break;
            case string text:
                Text(text);
                break;
            case long number:
                Int32(8);
                BinaryPrimitives.WriteInt64BigEndian(Take(8), number);
                break;
            case int number:
                Int32(4);
                Int32(number);
                break;
            case bool flag:
                Int32(1);
                Take(1)[0] = flag ? (byte)1 : (byte)0;
                break;
            case double number:
                Int32(8);
                BinaryPrimitives.WriteDoubleBigEndian(Take(8), number);
                break;
            case DateTime moment: // timestamptz: microseconds since 2000
                Int32(8);
                BinaryPrimitives.WriteInt64BigEndian(Take(8), (moment.Ticks - Epoch) / 10);
                break;
            case byte[] bytes:
                return BytesAsync(bytes, cancel);
            case ReadOnlyMemory<byte> bytes:
                return BytesAsync(bytes, cancel);
            default:
                throw new NotSupportedException($"PostgreSQL is not given values of {value.GetType()} row by row.");
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask EndRowAsync(CancellationToken cancel) => used < BlockBytes ? ValueTask.CompletedTask : FlushAsync(cancel);

    public ValueTask EndAsync(CancellationToken cancel)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        return FlushAsync(cancel);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(block);

    private void Int32(int number) => BinaryPrimitives.WriteInt32BigEndian(Take(4), number);

    private void Text(string text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var room = Take(4 + longest);
        var length = Encoding.UTF8.GetBytes(text, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        used -= longest - length;
    }

    private async ValueTask BytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        Int32(bytes.Length);
        if (bytes.Length <= LongBytes)
        {
            bytes.Span.CopyTo(Take(bytes.Length));
            return;
        }
        await FlushAsync(cancel);
        await stream.WriteAsync(bytes, cancel);
    }

    private Span<byte> Take(int length)
    {
        if (used + length > block.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + length, 2 * block.Length));
            block.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(block);
            block = larger;
        }
        used += length;
        return block.AsSpan(used - length, length);
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        var length = used;
        used = 0;
        await stream.WriteAsync(block.AsMemory(0, length), cancel);
    }
}
