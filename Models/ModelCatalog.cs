using OnnxAE.Models.Architectures;

namespace OnnxAE.Models;

/// <summary>
/// Architectures by their ids. A catalogue never changes; <see cref="With"/> makes one with more rows, so that a network of one's
/// own is one line away: <c>ModelCatalog.BuiltIn.With(new Architecture("mine", …, () => new MyAutoencoder()))</c>.
/// </summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, Architecture> byId;

    /// <summary>Collects rows.</summary>
    /// <param name="architectures">The rows, in the order of listings.</param>
    /// <exception cref="ArgumentException">Two rows have the same id.</exception>
    public ModelCatalog(params IEnumerable<Architecture> architectures)
    {
        Architectures = [.. architectures];
        byId = new Dictionary<string, Architecture>(StringComparer.OrdinalIgnoreCase);
        foreach (Architecture architecture in Architectures)
        {
            if (!byId.TryAdd(architecture.Id, architecture))
            {
                throw new ArgumentException($"The catalogue has an architecture '{architecture.Id}' already; give the other one an id of its own.", nameof(architectures));
            }
        }
    }

    /// <summary>The networks of the source documents, and those of this library.</summary>
    public static ModelCatalog BuiltIn { get; } = new(
        S0Mlp.Architecture,
        S0Linear.Linear2,
        S0Linear.Linear100,
        S0Conv2.Architecture,
        S0ConvVae2.Architecture,
        S1Dense64.Architecture,
        S2Dense49.Dense49,
        S2Deep49.Architecture,
        S2Conv49.Architecture,
        S2Dense49.Denoise,
        S2Sparse16.Architecture,
        S3Trivial1000.Architecture,
        S3Dense30.Architecture,
        S3Sparse.Architecture,
        S3Denoise.Architecture,
        S3Semi.Architecture,
        S3Vae30.Architecture,
        S4Vae2.Architecture,
        Contractive.Architecture,
        WinnerTakeAllConv.Architecture,
        ConvDenoise.Digits,
        ConvDenoise.Clothes,
        ContrastiveDenoise.Digits,
        ContrastiveDenoise.Clothes);

    /// <summary>The rows of <see cref="BuiltIn"/>.</summary>
    public static IReadOnlyList<Architecture> All => BuiltIn.Architectures;

    /// <summary>The rows, in the order of their sources.</summary>
    public IReadOnlyList<Architecture> Architectures { get; }

    /// <summary>The row with an id, upper and lower case alike.</summary>
    /// <param name="id">Such as <c>S3.denoise</c>.</param>
    /// <exception cref="ArgumentException">No row has this id; the message lists those there are.</exception>
    public Architecture this[string id]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(id);
            return byId.TryGetValue(id, out Architecture? architecture)
                ? architecture
                : throw new ArgumentException($"Unknown architecture '{id}'. Known: {string.Join(", ", Architectures.Select(a => a.Id))}.", nameof(id));
        }
    }

    /// <summary>The row of <see cref="BuiltIn"/> with an id, upper and lower case alike.</summary>
    /// <param name="id">Such as <c>S3.denoise</c>.</param>
    /// <exception cref="ArgumentException">No row has this id; the message lists those there are.</exception>
    public static Architecture Get(string id) => BuiltIn[id];

    /// <summary>A catalogue with these rows and more.</summary>
    /// <param name="architectures">The rows to add.</param>
    /// <exception cref="ArgumentException">One of them has an id that is taken.</exception>
    public ModelCatalog With(params IEnumerable<Architecture> architectures) => new(Architectures.Concat(architectures));
}
