using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Figures as a JSON file, for scripts: camel case, indented, written whole or not at all.</summary>
internal static class JsonFile
{
    /// <summary>How every figure of the command line is written.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a web page: 'ä' and '+' stay readable
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Refuses a path that cannot be written before any work is done for it.</summary>
    /// <exception cref="UsageException">The path is a folder, or lies in a folder that does not exist.</exception>
    public static void CheckWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"--json '{path}' is a folder; name a file.");
        }

        CliOptions.RequireFolderOf("--json", path);
    }

    /// <summary>Writes <paramref name="figures"/> whole or not at all.</summary>
    public static void Write(object figures, string path) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, figures, figures.GetType(), Options);
        stream.WriteByte((byte)'\n');
    });
}
