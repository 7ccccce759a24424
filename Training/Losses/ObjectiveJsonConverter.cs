using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>A loss in JSON: a string in the notation of <see cref="ObjectiveNotation"/>.</summary>
internal sealed class ObjectiveJsonConverter : JsonConverter<IObjective>
{
    /// <inheritdoc/>
    public override IObjective? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return ObjectiveNotation.Parse(reader.GetString() ?? throw new JsonException("A loss must be text."));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IObjective value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
