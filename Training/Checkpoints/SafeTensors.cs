using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Named tensors and texts in one file, in the safetensors format (https://huggingface.co/docs/safetensors): the length of
/// the header, 8 bytes, little-endian; the header, JSON; the tensors' bytes, little-endian, one after the other. It holds
/// no code, and Python's <c>safetensors</c> reads it.
/// </summary>
internal static class SafeTensors
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;
    private const long MaxHeaderBytes = 16 << 20; // a header of a network of thousands of layers is below 1 MB

    /// <summary>Writes a file. The tensors' order is kept.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new Dictionary<string, object> { [MetadataKey] = metadata };
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            long end = offset + (tensor.numel() * tensor.ElementSize);
            header.Add(name, new SafeTensorsEntry(SafeTensorsEntry.NameOf(tensor.dtype), tensor.shape, [offset, end]));
            offset = end;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, SafeTensorsEntry.Json);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (Tensor tensor in tensors.Values)
        {
            ReadBytes(tensor, bytes => stream.Write(bytes));
        }
    }

    /// <summary>Reads a file into new tensors that the caller owns. No length in it is believed before the file's own bears it out.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or a damaged one.</exception>
    public static (Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream)
    {
        try
        {
            return ReadCore(stream);
        }
        catch (Exception exception) when (exception is JsonException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("The file is no safetensors file, or a damaged one.", exception);
        }
    }

    private static (Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) ReadCore(Stream stream)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        long headerBytes = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerBytes < 2 || headerBytes > Math.Min(MaxHeaderBytes, stream.Length - LengthBytes))
        {
            throw new InvalidDataException($"The header claims {headerBytes} bytes in a file of {stream.Length}.");
        }

        var json = new byte[headerBytes];
        stream.ReadExactly(json);
        Dictionary<string, JsonElement> header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? throw new JsonException();
        Dictionary<string, string> metadata = header.Remove(MetadataKey, out JsonElement texts) ? texts.Deserialize<Dictionary<string, string>>() ?? [] : [];
        List<(string Name, SafeTensorsEntry Entry)> entries = [.. header
            .Select(pair => (pair.Key, pair.Value.Deserialize<SafeTensorsEntry>(SafeTensorsEntry.Json) ?? throw new JsonException()))
            .OrderBy(pair => pair.Item2.Begin)];
        CheckLayout(entries, stream.Length - LengthBytes - headerBytes);
        return (ReadTensors(stream, entries), metadata);
    }

    // Every entry begins where the one before ends, is as long as its shape and type say, and the last ends with the file.
    private static void CheckLayout(List<(string Name, SafeTensorsEntry Entry)> entries, long dataBytes)
    {
        long offset = 0;
        foreach ((string name, SafeTensorsEntry entry) in entries)
        {
            if (entry.Begin != offset || entry.End != checked(offset + entry.ByteCount) || entry.End > dataBytes)
            {
                throw new InvalidDataException($"The tensor '{name}' does not lie where its type and shape say.");
            }

            offset = entry.End;
        }

        if (offset != dataBytes)
        {
            throw new InvalidDataException($"The file has {dataBytes} bytes of tensors where its header has {offset}.");
        }
    }

    private static Dictionary<string, Tensor> ReadTensors(Stream stream, List<(string Name, SafeTensorsEntry Entry)> entries)
    {
        using var scope = NewDisposeScope(); // where reading fails, none is left
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, SafeTensorsEntry entry) in entries)
        {
            Tensor tensor = empty(entry.Shape, dtype: entry.ScalarType);
            tensors.Add(name, tensor);
            if (tensor.numel() > 0)
            {
                stream.ReadExactly(tensor.bytes);
            }
        }

        scope.Detach(tensors.Values);
        return tensors;
    }

    /// <summary>Shows the bytes of a tensor on any device, row-major.</summary>
    public static void ReadBytes(Tensor tensor, Action<ReadOnlySpan<byte>> read)
    {
        using var scope = NewDisposeScope();
        if (tensor.numel() > 0)
        {
            read(tensor.detach().cpu().contiguous().bytes);
        }
    }
}

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

    private static readonly (string Name, ScalarType Type, long Bytes)[] Types =
        [("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8), ("U8", ScalarType.Byte, 1)];

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
    public ScalarType ScalarType => Known.Type;

    /// <summary>Its length in bytes, by type and shape.</summary>
    [JsonIgnore]
    public long ByteCount => Shape.Length <= MaxDimensions && Shape.All(size => size >= 0)
        ? Shape.Aggregate(Known.Bytes, (product, size) => checked(product * size))
        : throw new JsonException();

    private (string Name, ScalarType Type, long Bytes) Known => Array.Find(Types, type => type.Name == DType) is { Name: not null } known
        ? known
        : throw new InvalidDataException($"The type '{DType}' is none that checkpoints have.");

    /// <summary>The format's word for a type.</summary>
    public static string NameOf(ScalarType type) =>
        Array.Find(Types, known => known.Type == type).Name ?? throw new NotSupportedException($"Checkpoints hold no tensors of type {type}.");
}
