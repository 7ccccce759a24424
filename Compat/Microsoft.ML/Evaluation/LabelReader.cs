namespace Microsoft.ML.Data;

/// <summary>Reads labels as class numbers: a key less one (missing is NaN), a number as it is.</summary>
internal static class LabelReader
{
    public static Func<float> Create(DataViewRow row, DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType key)
            return Read<float>(row, label, value => value);
        if (key.RawType == typeof(uint))
            return Read<uint>(row, label, value => FromKey(value, key.Count));
        if (key.RawType == typeof(byte))
            return Read<byte>(row, label, value => FromKey(value, key.Count));
        if (key.RawType == typeof(ushort))
            return Read<ushort>(row, label, value => FromKey(value, key.Count));
        return Read<ulong>(row, label, value => FromKey(value, key.Count));
    }

    private static Func<float> Read<T>(DataViewRow row, DataViewSchema.Column label, Func<T, float> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(label);
        T value = default;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }

    private static float FromKey(ulong key, ulong count) => key > 0 && key <= count ? key - 1 : float.NaN;
}
