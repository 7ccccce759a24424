using OnnxAE.Models.Architectures;

namespace OnnxAE.Models;

/// <summary>Every architecture by its id.</summary>
public static class ModelCatalog
{
    /// <summary>All rows, in the order of their sources.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [S3Trivial1000.Architecture, S3Dense30.Architecture, S3Denoise.Architecture];

    /// <summary>The row with an id, upper and lower case alike.</summary>
    /// <param name="id">Such as <c>S3.denoise</c>.</param>
    /// <exception cref="ArgumentException">No row has this id; the message lists those there are.</exception>
    public static Architecture Get(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return All.FirstOrDefault(a => a.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"Unknown architecture '{id}'. Known: {string.Join(", ", All.Select(a => a.Id))}.", nameof(id));
    }
}
