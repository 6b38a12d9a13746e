using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HelpdeskMail.Core.Data;

/// <summary>Reads and sets properties of rows by delegates on their accessors. EF's getters are expressions, several of them compiled a property, which took a process's
/// first batch a third of a second.</summary>
/// <typeparam name="T">The entity, or a class with properties of the same names.</typeparam>
internal static class RowProperty<T>
    where T : class
{
    private static readonly ConcurrentDictionary<PropertyInfo, Func<T, object?>> Getters = new();

    private static readonly ConcurrentDictionary<(ValueConverter Converter, Enum Value), object?> EnumTexts = new();

    private static readonly MethodInfo Generic = typeof(RowProperty<T>).GetMethod(nameof(Boxed), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Throws <see cref="InvalidOperationException"/> for a shadow property.</summary>
    public static Func<T, object?> Getter(IProperty property) => Getters.GetOrAdd(InfoOf(property), static info => MakeGetter(info.GetMethod!));

    /// <summary>What the database is given of the property.</summary>
    public static Func<T, object?> Stored(IProperty property)
    {
        var getter = Getter(property);
        if (property.GetTypeMapping().Converter is not { } converter) return getter;
        return row => getter(row) switch
        {
            null => null,
            Enum value => EnumTexts.GetOrAdd((converter, value), static key => key.Converter.ConvertToProvider(key.Value)), // asked for with every row
            var value => converter.ConvertToProvider(value),
        };
    }

    /// <summary>For the key that the database generates.</summary>
    public static Action<T, long> KeySetter(IProperty key) => InfoOf(key).SetMethod!.CreateDelegate<Action<T, long>>();

    private static PropertyInfo InfoOf(IProperty property) => (property.DeclaringType.ClrType.IsAssignableFrom(typeof(T)) ? property.PropertyInfo : typeof(T).GetProperty(property.Name)) ?? throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} is not a property of {typeof(T)}.");

    // The common types by name, so that their code is compiled ahead of time.
    private static Func<T, object?> MakeGetter(MethodInfo get) => get.ReturnType switch
    {
        { IsValueType: false } => get.CreateDelegate<Func<T, object?>>(),
        var type when type == typeof(long) => Boxed<long>(get),
        var type when type == typeof(long?) => Boxed<long?>(get),
        var type when type == typeof(int) => Boxed<int>(get),
        var type when type == typeof(bool) => Boxed<bool>(get),
        var type when type == typeof(DateTime) => Boxed<DateTime>(get),
        var type when type == typeof(DateTime?) => Boxed<DateTime?>(get),
        var type => (Func<T, object?>)Generic.MakeGenericMethod(type).Invoke(null, [get])!,
    };

    private static Func<T, object?> Boxed<TValue>(MethodInfo get)
    {
        var typed = get.CreateDelegate<Func<T, TValue>>();
        return row => typed(row);
    }
}
