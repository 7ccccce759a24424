using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// Values of columns of any type as objects to keep and to compare: numbers and the like boxed, texts as strings,
/// vectors, dense or sparse, as arrays of all their items.
/// </summary>
internal static class ColumnValues
{
    // Scores of models that sum in another order, one row or many: what ML.NET's own tests allow.
    private const float SingleTolerance = 1e-6f;
    private const double DoubleTolerance = 1e-9;

    /// <summary>Reads a column of the row that is there at each call.</summary>
    public static Func<object> CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        Func<Func<object>> keep = CreateKeeper(row, column);
        return () => keep()();
    }

    /// <summary>Reads a column into a buffer of its own at each call, whose content is looked at when the result is called.</summary>
    public static Func<Func<object>> CreateKeeper(DataViewRow row, DataViewSchema.Column column)
        => Dispatch<Func<DataViewRow, DataViewSchema.Column, Func<Func<object>>>>(column.Type, nameof(KeepValue), nameof(KeepVector))(row, column);

    /// <summary>Reads a vector column into a buffer that was used for other vectors: longer, sparse and of other values.</summary>
    public static Func<object> CreateReaderIntoUsedBuffer(DataViewRow row, DataViewSchema.Column column)
        => Dispatch<Func<DataViewRow, DataViewSchema.Column, Func<object>>>(column.Type, nameof(ReadValue), nameof(ReadIntoUsedBuffer))(row, column);

    /// <summary>Reads an annotation.</summary>
    public static object ReadAnnotation(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
        => Dispatch<Func<DataViewSchema.Annotations, DataViewSchema.Column, object>>(column.Type, nameof(AnnotatedValue), nameof(AnnotatedVector))(annotations, column);

    /// <summary>A getter that gives out kept values.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="value">The kept value; throws where there is no row.</param>
    /// <param name="isSparse">Whether vectors leave out what is zero, missing or empty.</param>
    public static Delegate CreateGetter(DataViewType type, Func<object> value, bool isSparse)
        => Dispatch<Func<Func<object>, bool, Delegate>>(type, nameof(GiveValue), nameof(GiveVector))(value, isSparse);

    /// <summary>Whether two values are equal, but for rounding.</summary>
    public static bool AreEqual(object expected, object actual) => (expected, actual) switch
    {
        (Array a, Array b) => a.Length == b.Length && Enumerable.Range(0, a.Length).All(i => AreEqual(a.GetValue(i)!, b.GetValue(i)!)),
        (float a, float b) => a.Equals(b) || MathF.Abs(a - b) <= SingleTolerance * MathF.Max(1, MathF.Abs(a)),
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= DoubleTolerance * Math.Max(1, Math.Abs(a)),
        _ => expected.Equals(actual),
    };

    /// <summary>A value for a message.</summary>
    public static string Describe(object value) => value is Array items ? $"[{string.Join(", ", items.Cast<object>())}]" : $"{value}";

    private static object Freeze<T>(T value) => value is ReadOnlyMemory<char> text ? text.ToString() : value!;

    private static T Thaw<T>(object? value) => value is string text ? (T)(object)text.AsMemory() : (T)value!;

    private static Array FreezeVector<T>(in VBuffer<T> vector)
        => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? vector.DenseValues().Select(v => (string)Freeze(v)).ToArray()
            : vector.DenseValues().ToArray();

    private static Func<Func<object>> KeepValue<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return () => Freeze(value);
        };
    }

    private static Func<Func<object>> KeepVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        return () =>
        {
            VBuffer<T> value = default;
            getter(ref value);
            return () => FreezeVector(in value);
        };
    }

    private static Func<object> ReadValue<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Freeze(value);
        };
    }

    private static Func<object> ReadIntoUsedBuffer<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> junk = default;
        getter(ref junk);
        T[] items = [.. junk.DenseValues().Reverse(), default!, default!];
        return () =>
        {
            VBuffer<T> value = new(items.Length + 5, items.Length, [.. items], [.. Enumerable.Range(1, items.Length)]);
            getter(ref value);
            return FreezeVector(in value);
        };
    }

    private static object AnnotatedValue<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default!;
        annotations.GetGetter<T>(column)(ref value);
        return Freeze(value);
    }

    private static Array AnnotatedVector<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(column)(ref value);
        return FreezeVector(in value);
    }

    private static ValueGetter<T> GiveValue<T>(Func<object> kept, bool isSparse) => (ref T value) => value = Thaw<T>(kept());

    private static ValueGetter<VBuffer<T>> GiveVector<T>(Func<object> kept, bool isSparse) => (ref VBuffer<T> value) =>
    {
        Array all = (Array)kept();
        int[] given = [.. Enumerable.Range(0, all.Length).Where(i => !isSparse || !IsDefault(all.GetValue(i)!))];
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, all.Length, given.Length);
        for (int i = 0; i < given.Length; i++)
        {
            editor.Values[i] = Thaw<T>(all.GetValue(given[i]));
        }

        if (given.Length < all.Length)
        {
            given.CopyTo(editor.Indices);
        }

        value = editor.Commit();
    };

    private static bool IsDefault(object item) => item is string text ? text.Length == 0 : item.Equals(Activator.CreateInstance(item.GetType()));

    private static TDelegate Dispatch<TDelegate>(DataViewType type, string forValues, string forVectors)
        where TDelegate : Delegate
    {
        (string name, Type item) = type is VectorDataViewType vector ? (forVectors, vector.ItemType.RawType) : (forValues, type.RawType);
        MethodInfo method = typeof(ColumnValues).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
        return method.MakeGenericMethod(item).CreateDelegate<TDelegate>();
    }
}
