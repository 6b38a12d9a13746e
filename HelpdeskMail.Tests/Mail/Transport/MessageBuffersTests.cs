using System.Runtime.InteropServices;
using HelpdeskMail.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Transport;

public sealed class MessageBuffersTests
{
    private const int Some = 200_000;

    [Fact]
    public void Take_GivesExactlyAsManyBytes()
    {
        var buffers = new MessageBuffers();
        foreach (var size in new[] { 0, 1, Some, 900_000, 1_100_000, 3_000_000, 1, 0 }) Assert.Equal(size, buffers.Take(size).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffers.Take(-1));
    }

    [Fact]
    public void AFewMails_HaveArraysOfTheirOwn()
    {
        var buffers = new MessageBuffers();
        var few = Enumerable.Range(0, 10).Select(_ => buffers.Take(Some)).ToList();
        Assert.Equal(10, few.Select(ArrayOf).Distinct().Count());
        Assert.All(few, memory => Assert.Equal(Some, ArrayOf(memory).Length));
    }

    [Fact]
    public void LongDownloadThatGivesBack_StaysInAFewMegabytes()
    {
        var buffers = new MessageBuffers();
        var arrays = new HashSet<byte[]>();
        var reading = new Queue<Memory<byte>>();
        for (var mail = 0; mail < 5000; mail++) // a gigabyte; forty at a time
        {
            reading.Enqueue(buffers.Take(Some));
            if (mail > 20) arrays.Add(ArrayOf(reading.Last())); // past the first, which have their own
            if (reading.Count > 40) buffers.GiveBack(reading.Dequeue());
        }
        Assert.InRange(arrays.Sum(array => (long)array.Length), 8_000_000, 24_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhateverIsOut_IsNobodyElses(int seed)
    {
        var random = new Random(seed);
        var buffers = new MessageBuffers();
        var reading = new List<(Memory<byte> Memory, byte Mark)>();
        for (var round = 0; round < 6000; round++)
        {
            var mark = (byte)random.Next(256);
            var memory = buffers.Take(random.Next(10) == 0 ? random.Next(1_500_000) : random.Next(20_000));
            memory.Span.Fill(mark);
            reading.Add((memory, mark));
            while (reading.Count > random.Next(60))
            {
                var (given, was) = reading[random.Next(reading.Count)];
                Assert.Equal(-1, given.Span.IndexOfAnyExcept(was));
                reading.RemoveAll(item => item.Memory.Equals(given));
                buffers.GiveBack(given);
            }
        }
    }

    [Fact]
    public void MemoryFromElsewhere_IsLeftAlone()
    {
        var buffers = new MessageBuffers();
        var others = new byte[Some];
        buffers.GiveBack(others);
        buffers.GiveBack(default);
        for (var mail = 0; mail < 100; mail++) Assert.NotSame(others, ArrayOf(buffers.Take(Some)));
    }

    private static byte[] ArrayOf(Memory<byte> memory) => MemoryMarshal.TryGetArray((ReadOnlyMemory<byte>)memory, out var segment) ? segment.Array! : throw new InvalidOperationException("no array");
}
