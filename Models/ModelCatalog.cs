
namespace OnnxAE.Models;

/// <summary>
/// Architectures by their names. A catalogue never changes; <see cref="With"/> makes one with more rows, so that a network of one's
/// own is one line away: <c>ModelCatalog.BuiltIn.With(new Architecture("mine", …, () => new MyAutoencoder()))</c>.
/// </summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, Architecture> _byName;

    /// <summary>Collects rows.</summary>
    /// <param name="architectures">The rows, in the order of listings.</param>
    /// <exception cref="ArgumentException">Two rows have the same name.</exception>
    public ModelCatalog(params IEnumerable<Architecture> architectures)
    {
        Architectures = [.. architectures];
        _byName = new Dictionary<string, Architecture>(StringComparer.OrdinalIgnoreCase);
        foreach (Architecture architecture in Architectures)
        {
            foreach (string name in architecture.Names)
            {
                if (!_byName.TryAdd(name, architecture))
                {
                    throw new ArgumentException($"The catalogue has an architecture '{name}' already; give the other one a name of its own.", nameof(architectures));
                }
            }
        }
    }

    /// <summary>The networks of the source documents, and those of this library.</summary>
    public static ModelCatalog BuiltIn { get; } = new(
        ClassifierNetworks.Mlp100,
        LinearNetworks.Linear2,
        LinearNetworks.Linear100,
        ConvolutionalNetworks.Conv2,
        VariationalNetworks.ConvVae2,
        DenseNetworks.Sigmoid64,
        DenseNetworks.Dense49,
        DenseNetworks.Deep49,
        ConvolutionalNetworks.Conv49,
        DenseNetworks.Dense49Denoise,
        DenseNetworks.Sparse16,
        LinearNetworks.Linear1000,
        DenseNetworks.Dense30,
        DenseNetworks.Dense30Sparse,
        DenseNetworks.Dense30Denoise,
        ClassifierNetworks.Dense30Classifier,
        VariationalNetworks.Vae30,
        VariationalNetworks.Vae2,
        DenseNetworks.Contractive,
        ConvWinnerTakeAll.WinnerTakeAll,
        ConvDenoise.Code256,
        ConvDenoise.Code512,
        ConvContrastive.Code256,
        ConvContrastive.Code512);

    /// <summary>The rows of <see cref="BuiltIn"/>.</summary>
    public static IReadOnlyList<Architecture> All => BuiltIn.Architectures;

    /// <summary>The rows, in the order of their sources.</summary>
    public IReadOnlyList<Architecture> Architectures { get; }

    /// <summary>The row of a name or an alias, upper and lower case alike.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    /// <exception cref="ArgumentException">No row has this name; the message lists those there are.</exception>
    public Architecture this[string name] => Find(name)
        ?? throw new ArgumentException($"Unknown architecture '{name}'. Known: {string.Join(", ", Architectures.Select(a => a.Name))}.", nameof(name));

    /// <summary>The row of <see cref="BuiltIn"/> of a name or an alias, upper and lower case alike.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    /// <exception cref="ArgumentException">No row has this name; the message lists those there are.</exception>
    public static Architecture Get(string name) => BuiltIn[name];

    /// <summary>The row of a name or an alias, upper and lower case alike; null if there is none.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    public Architecture? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>A catalogue with these rows and more.</summary>
    /// <param name="architectures">The rows to add.</param>
    /// <exception cref="ArgumentException">One of them has a name that is taken.</exception>
    public ModelCatalog With(params IEnumerable<Architecture> architectures) => new(Architectures.Concat(architectures));
}
