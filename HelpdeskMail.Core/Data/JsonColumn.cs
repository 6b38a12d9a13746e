using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpdeskMail.Core.Data;

/// <summary>A list or a record kept as JSON text in one column: read and written whole, never queried.</summary>
internal static class JsonColumn
{
    /// <summary>A record; null stays null.</summary>
    public static PropertyBuilder<T?> HasJson<T>(this PropertyBuilder<T?> property)
        where T : class, IEquatable<T>
    {
        property.HasConversion(value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default));
        return property;
    }

    public static PropertyBuilder<List<T>> HasJsonList<T>(this PropertyBuilder<List<T>> property)
    {
        property.HasConversion(
            list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Default) ?? new List<T>(),
            new ValueComparer<List<T>>(
                (a, b) => a!.SequenceEqual(b!),
                list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
                list => list.ToList()));
        return property;
    }
}
