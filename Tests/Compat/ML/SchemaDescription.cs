using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

/// <summary>A schema with its annotations in the form of the golden records.</summary>
internal static class SchemaDescription
{
    public static void AssertEqual(JsonElement expected, DataViewSchema actual)
    {
        string description = JsonSerializer.Serialize(actual.Select(Describe));
        Assert.AreEqual(JsonSerializer.Serialize(expected), description);
    }

    private static object Describe(DataViewSchema.Column column) => new
    {
        column.Name,
        column.Index,
        column.IsHidden,
        type = column.Type.ToString(),
        raw = column.Type.RawType.ToString(),
        annotations = column.Annotations.Schema.Select(a => new { a.Name, type = a.Type.ToString(), value = GetValue(column.Annotations, a) }),
    };

    private static object? GetValue(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) => annotation.Type switch
    {
        TextDataViewType => Get<ReadOnlyMemory<char>>(annotations, annotation).ToString(),
        BooleanDataViewType => Get<bool>(annotations, annotation),
        VectorDataViewType { ItemType: TextDataViewType } =>
            Get<VBuffer<ReadOnlyMemory<char>>>(annotations, annotation).DenseValues().Select(text => text.ToString()),
        { } type when type.RawType == typeof(uint) => Get<uint>(annotations, annotation),
        { } type when type.RawType == typeof(VBuffer<float>) => Get<VBuffer<float>>(annotations, annotation).DenseValues(),
        _ => null,
    };

    private static T Get<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetValue(annotation.Name, ref value);
        return value;
    }
}
