using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>
/// Where each row stands between 0 and 1 by the value of one column, so that rows of one value stay together in a split: numbers by
/// their place in the range, keys by theirs among the keys, other values by their hash. A row without a value stands nowhere.
/// </summary>
internal sealed class SamplingKey
{
    private const uint DefaultSeed = 314489979; // of ML.NET's hashes
    private const int HashBits = 30;
    private const uint HashMask = (1u << HashBits) - 1;

    private readonly IDataView _source;
    private readonly DataViewSchema.Column _column;
    private readonly DataViewSchema.Column[] _kept;
    private readonly Func<DataViewRow, Func<double>> _createReader;

    private SamplingKey(IDataView source, DataViewSchema.Column column, DataViewSchema.Column[] kept, Func<DataViewRow, Func<double>> createReader)
    {
        _source = source;
        _column = column;
        _kept = kept;
        _createReader = createReader;
    }

    public static SamplingKey Create(IHostEnvironment env, IDataView data, string columnName, uint? seed)
    {
        DataViewSchema.Column column = data.Schema.GetColumnOrNull(columnName)
            ?? throw Contracts.ExceptSchemaMismatch("samplingKeyColumn", "SamplingKeyColumn", columnName);
        if (column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double)
            return CreateForRange(env, data, columnName);
        return new SamplingKey(data, column, null, row =>
            GenericCall.Invoke<Func<double>>(CreateReader<int>, column.Type.RawType, row, column, GetToPosition(column, seed ?? DefaultSeed)));
    }

    /// <summary>The rows that stand below the fraction, or the others.</summary>
    public IDataView Split(double fraction, bool complement)
    {
        var rows = new SamplingKeyFilter(_source, _column, _createReader, position => complement ? 0 > position || position >= fraction : 0 <= position && position < fraction);
        return _kept is null ? rows : new SelectedColumnsView(rows, _kept);
    }

    private static SamplingKey CreateForRange(IHostEnvironment env, IDataView data, string columnName)
    {
        string name = "SplitColumn";
        for (int i = 0; data.Schema.GetColumnOrNull(name) is not null; i++)
            name = FormattableString.Invariant($"SplitColumn_{i}");
        var options = new MinMaxOptions(name, columnName, long.MaxValue, FixZero: false);
        IDataView source = new NormalizingEstimator(env, options).Fit(data).Transform(data);
        DataViewSchema.Column column = source.Schema[name];
        return new SamplingKey(source, column, [.. source.Schema.Take(data.Schema.Count)], row => RangeFilter.CreateReader(row, column));
    }

    private static Func<double> CreateReader<T>(DataViewRow row, DataViewSchema.Column column, Delegate toPosition)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        var map = (Func<T, double>)toPosition;
        T value = default;
        return () =>
        {
            getter(ref value);
            return map(value);
        };
    }

    private static Delegate GetToPosition(DataViewSchema.Column column, uint seed)
    {
        if (column.Type is KeyDataViewType key)
            return GetKeyToPosition(key);
        if (column.Type is TextDataViewType)
            return (ReadOnlyMemory<char> text) => text.IsEmpty ? double.NaN : OfHash(MurmurHash.OfText(seed, text.Span.Trim(' ')));
        return column.Type.RawType switch
        {
            Type t when t == typeof(bool) => (bool value) => OfHash(MurmurHash.OfNumber(seed, value ? 1u : 0u)),
            Type t when t == typeof(sbyte) => (sbyte value) => OfHash(MurmurHash.OfNumber(seed, (uint)value)),
            Type t when t == typeof(byte) => (byte value) => OfHash(MurmurHash.OfNumber(seed, (uint)value)),
            Type t when t == typeof(short) => (short value) => OfHash(MurmurHash.OfNumber(seed, (uint)value)),
            Type t when t == typeof(ushort) => (ushort value) => OfHash(MurmurHash.OfNumber(seed, (uint)value)),
            Type t when t == typeof(int) => (int value) => OfHash(MurmurHash.OfNumber(seed, (uint)value)),
            Type t when t == typeof(uint) => (uint value) => OfHash(MurmurHash.OfNumber(seed, value)),
            Type t when t == typeof(long) => (long value) => OfHash(MurmurHash.OfNumber(seed, (ulong)value)),
            Type t when t == typeof(ulong) => (ulong value) => OfHash(MurmurHash.OfNumber(seed, value)),
            _ => throw new NotSupportedException($"Rows cannot be kept together by column '{column.Name}' of type {column.Type} here: text, numbers and keys can."),
        };
    }

    private static Delegate GetKeyToPosition(KeyDataViewType type) => type.RawType switch
    {
        Type t when t == typeof(byte) => (byte key) => OfKey(key, type.Count),
        Type t when t == typeof(ushort) => (ushort key) => OfKey(key, type.Count),
        Type t when t == typeof(uint) => (uint key) => OfKey(key, type.Count),
        _ => (ulong key) => OfKey(key, type.Count),
    };

    private static double OfHash(uint hash) => OfKey((hash & HashMask) + 1, 1u << HashBits);

    private static double OfKey(ulong key, ulong count) => key > 0 && key <= count ? ((uint)key - 0.5) / count : double.NaN;
}
