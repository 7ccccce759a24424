
namespace OnnxAE.Models;

/// <summary>
/// Architectures by their names: families, which make a network for rows of any shape, and fixed networks. A catalogue never changes;
/// <see cref="With(IEnumerable{Architecture})"/> makes one with more rows, so that a network of one's own is one line away:
/// <c>ModelCatalog.BuiltIn.With(new Architecture("mine", …, () => new MyAutoencoder()))</c>.
/// </summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, Architecture> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ModelFamily> _families = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Collects fixed networks.</summary>
    /// <param name="architectures">The rows, in the order of listings.</param>
    /// <exception cref="ArgumentException">Two rows have the same name.</exception>
    public ModelCatalog(params IEnumerable<Architecture> architectures)
        : this([], architectures)
    {
    }

    private ModelCatalog(IEnumerable<ModelFamily> families, IEnumerable<Architecture> architectures)
    {
        Families = [.. families];
        Architectures = [.. architectures];
        foreach (ModelFamily family in Families)
        {
            if (!_families.TryAdd(family.Name, family))
            {
                throw Taken(family.Name, nameof(families));
            }
        }

        foreach (Architecture architecture in Architectures)
        {
            foreach (string name in architecture.Names)
            {
                // A family may have a member of its own name: 'contractive' is both.
                bool isFamilys = FindFamily(name) is { } family && !family.Members.Contains(architecture);
                if (isFamilys || !_byName.TryAdd(name, architecture))
                {
                    throw Taken(name, nameof(architectures));
                }
            }
        }
    }

    /// <summary>The networks of the source documents, and those of this library.</summary>
    public static ModelCatalog BuiltIn { get; } = new(
    [
        DenseFamilies.Linear,
        DenseFamilies.Dense,
        DenseFamilies.DenseDenoise,
        DenseFamilies.Sparse,
        DenseFamilies.Contractive,
        DenseFamilies.Vae,
        ConvFamilies.Conv,
        ConvFamilies.ConvVae,
        WinnerTakeAllFamily.WinnerTakeAll,
        ConvFamilies.ConvDenoise,
        ConvFamilies.ConvContrastive,
    ],
    [
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
        ConvContrastive.Code512,
    ]);

    /// <summary>The fixed networks of <see cref="BuiltIn"/>.</summary>
    public static IReadOnlyList<Architecture> All => BuiltIn.Architectures;

    /// <summary>The families, in the order of listings.</summary>
    public IReadOnlyList<ModelFamily> Families { get; }

    /// <summary>The fixed networks, in the order of their sources.</summary>
    public IReadOnlyList<Architecture> Architectures { get; }

    /// <summary>The fixed network of a name or an alias, upper and lower case alike.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    /// <exception cref="ArgumentException">No fixed network has this name; the message lists those there are.</exception>
    public Architecture this[string name] => Find(name) ?? throw (FindFamily(name) is null
        ? Unknown(name)
        : new ArgumentException($"'{name}' is a family of networks, which makes one for the shape of the rows; give the shape, or the name of a fixed network.", nameof(name)));

    /// <summary>
    /// The network of a name for rows of a shape: of a family, made for them, or a fixed one that takes them. Where a family and a fixed
    /// network share a name, it is the family's, which for the fixed network's shape and code size is the fixed one.
    /// </summary>
    /// <param name="name">The name of a family, such as <c>conv-contrastive</c>, or the name or alias of a fixed network; upper and lower case alike.</param>
    /// <param name="shape">[channels, height, width] of pictures, or [n] of rows of numbers.</param>
    /// <param name="codeSize">Numbers a code; null for what is usual for the shape, and for the one of a fixed network.</param>
    /// <exception cref="ArgumentException">Nothing has this name, or what has it can't take the shape or the code size; the message says what to use.</exception>
    public Architecture this[string name, IReadOnlyList<int> shape, int? codeSize = null]
    {
        get
        {
            RowShape.Check(shape);
            if (FindFamily(name) is { } family)
            {
                return family.Create(shape, codeSize);
            }

            Architecture one = Find(name) ?? throw Unknown(name);
            // Flat rows may be what a file has of the same pictures; pictures of another shape are others.
            bool fits = one.InputShape is not { } own || shape.SequenceEqual(own) || (shape.Count == 1 && shape[0] == RowShape.SizeOf(own));
            if (fits && (codeSize ?? one.CodeSize) == one.CodeSize)
            {
                return one;
            }

            string found = fits ? $"a code of {codeSize} numbers" : $"rows of the shape {RowShape.Text(shape)}";
            string expected = one.InputShape is { } taken ? $"rows of the shape {RowShape.Text(taken)} and makes a code of {one.CodeSize} numbers" : "other ones";
            throw new ArgumentException(
                $"'{one.Name}' is a fixed network: it takes {expected}, found {found}; use {FamilyFor(one, shape)}, whose networks are made for any.",
                fits ? nameof(codeSize) : nameof(shape));
        }
    }

    /// <summary>The fixed network of <see cref="BuiltIn"/> of a name or an alias, upper and lower case alike.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    /// <exception cref="ArgumentException">No fixed network has this name; the message lists those there are.</exception>
    public static Architecture Get(string name) => BuiltIn[name];

    /// <summary>The network of <see cref="BuiltIn"/> of a name for rows of a shape, a family's or a fixed one, as <see cref="this[string, IReadOnlyList{int}, int?]"/> has it.</summary>
    /// <param name="name">The name of a family, such as <c>conv-contrastive</c>, or the name or alias of a fixed network; upper and lower case alike.</param>
    /// <param name="shape">[channels, height, width] of pictures, or [n] of rows of numbers.</param>
    /// <param name="codeSize">Numbers a code; null for what is usual for the shape, and for the one of a fixed network.</param>
    /// <exception cref="ArgumentException">Nothing has this name, or what has it can't take the shape or the code size; the message says what to use.</exception>
    public static Architecture Get(string name, IReadOnlyList<int> shape, int? codeSize = null) => BuiltIn[name, shape, codeSize];

    /// <summary>The fixed network of a name or an alias, upper and lower case alike; null if there is none.</summary>
    /// <param name="name">Such as <c>dense-30-denoise</c>.</param>
    public Architecture? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The family of a name, upper and lower case alike; null if there is none.</summary>
    /// <param name="name">Such as <c>conv-contrastive</c>.</param>
    public ModelFamily? FindFamily(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _families.GetValueOrDefault(name);
    }

    /// <summary>A catalogue with these rows and more.</summary>
    /// <param name="architectures">The fixed networks to add.</param>
    /// <exception cref="ArgumentException">One of them has a name that is taken.</exception>
    public ModelCatalog With(params IEnumerable<Architecture> architectures) => new(Families, Architectures.Concat(architectures));

    /// <summary>A catalogue with these rows and one family more.</summary>
    /// <param name="family">The family to add.</param>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public ModelCatalog With(ModelFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return new ModelCatalog(Families.Append(family), Architectures);
    }

    // The family of a fixed network, where that takes such rows.
    private string FamilyFor(Architecture one, IReadOnlyList<int> shape) =>
        Families.FirstOrDefault(family => family.Members.Contains(one) && (RowShape.IsPicture(shape) || !family.NeedsPictures)) is { } family
            ? $"'{family.Name}'"
            : "'dense'";

    private static ArgumentException Taken(string name, string parameter) =>
        new($"The catalogue has an architecture '{name}' already; give the other one a name of its own.", parameter);

    private ArgumentException Unknown(string name) => new(
        $"Unknown architecture '{name}'. Families: {string.Join(", ", Families.Select(f => f.Name))}. Fixed networks: {string.Join(", ", Architectures.Select(a => a.Name))}.",
        nameof(name));
}
