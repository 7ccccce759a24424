using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>A corruption in JSON: a string in the notation of <see cref="CorruptionNotation"/>.</summary>
internal sealed class CorruptionJsonConverter : JsonConverter<ICorruption>
{
    /// <inheritdoc/>
    public override ICorruption? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return CorruptionNotation.Parse(reader.GetString());
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ICorruption value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
