using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>A tensor in the header of a safetensors file.</summary>
/// <param name="DType">Its type, in the format's words.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="DataOffsets">Where its bytes begin and end, counted from the end of the header.</param>
internal sealed record SafeTensorsEntry(
    [property: JsonPropertyName("dtype"), JsonRequired] string DType,
    [property: JsonPropertyName("shape"), JsonRequired] long[] Shape,
    [property: JsonPropertyName("data_offsets"), JsonRequired] long[] DataOffsets)
{
    private const int MaxDimensions = 16;

    /// <summary>How the header is written and read.</summary>
    public static JsonSerializerOptions Json { get; } = new() { RespectNullableAnnotations = true };

    /// <summary>Where its bytes begin.</summary>
    [JsonIgnore]
    public long Begin => DataOffsets is [var begin, _] ? begin : throw new JsonException();

    /// <summary>Where its bytes end.</summary>
    [JsonIgnore]
    public long End => DataOffsets is [_, var end] ? end : throw new JsonException();

    /// <summary>Its type, in TorchSharp's words.</summary>
    [JsonIgnore]
    public ScalarType ScalarType => DType switch
    {
        "F32" => ScalarType.Float32,
        "F64" => ScalarType.Float64,
        "I64" => ScalarType.Int64,
        "U8" => ScalarType.Byte,
        _ => throw new InvalidDataException($"The type '{DType}' is none that checkpoints have."),
    };

    /// <summary>Its length in bytes, by type and shape.</summary>
    [JsonIgnore]
    public long ByteCount
    {
        get
        {
            if (Shape.Length > MaxDimensions || Shape.Any(size => size < 0))
            {
                throw new JsonException();
            }

            return Shape.Aggregate(DType switch { "U8" => 1L, "F32" => 4L, _ => 8L }, (product, size) => checked(product * size));
        }
    }

    /// <summary>The format's word for a type.</summary>
    public static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Float64 => "F64",
        ScalarType.Int64 => "I64",
        ScalarType.Byte => "U8",
        _ => throw new NotSupportedException($"Checkpoints hold no tensors of type {type}."),
    };
}
