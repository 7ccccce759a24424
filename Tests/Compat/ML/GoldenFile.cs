using System.Text.Json;

namespace OnnxAE.Tests.Compat.ML;

/// <summary>What ML.NET itself computed, printed and saved.</summary>
internal static class GoldenFile
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Compat", "ML", "Golden", name);

    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(PathOf(name)));
        return document.RootElement.Clone();
    }
}
