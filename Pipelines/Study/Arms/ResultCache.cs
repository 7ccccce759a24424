using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// Results in files, one for each arm and draw, written whole or not at all: an interrupted experiment goes on where it was.
/// A file's name ends in a hash of all that decides the result, and the file says what that was.
/// </summary>
internal sealed class ResultCache(LabeledImages data, IReadOnlyList<LibraryVersion> libraries, string folder)
{
    private const int Format = 1; // another number makes all earlier results void

    /// <summary>The result, if it is there; a damaged file counts as none.</summary>
    public ArmOutcome? Find(IArm arm, LabelSlice slice)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(File.ReadAllText(PathOf(arm, slice)), JsonFile.Options)?.Outcome;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a result.</summary>
    public void Keep(IArm arm, LabelSlice slice, ArmOutcome outcome)
    {
        string path = PathOf(arm, slice);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        JsonFile.Write(new Entry(JsonSerializer.SerializeToElement(KeyOf(arm, slice), JsonFile.Options), outcome), path);
    }

    private string PathOf(IArm arm, LabelSlice slice)
    {
        string key = JsonSerializer.Serialize(KeyOf(arm, slice), JsonFile.Options);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];
        string share = slice.Fraction.ToString(CultureInfo.InvariantCulture);
        return Path.Combine(folder, data.Name, share, string.Create(CultureInfo.InvariantCulture, $"{slice.Draw:00}-{Slug(arm.Name)}-{hash}.json"));
    }

    private object KeyOf(IArm arm, LabelSlice slice) =>
        new { Format, Dataset = data.Sha256, Libraries = libraries, slice.Fraction, slice.Draw, slice.Seed, Kind = $"{arm.Kind}", arm.Settings };

    private static string Slug(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private sealed record Entry(JsonElement Key, ArmOutcome Outcome);
}
