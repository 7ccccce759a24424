namespace OnnxAE.Models;

/// <summary>
/// Networks of one kind for rows of any shape. A family makes an <see cref="Architecture"/> of the shape of the rows and of the size of
/// the code; its layers, widths and training settings follow from both.
/// </summary>
/// <param name="Name">The name that commands and files use, such as <c>conv-contrastive</c>.</param>
/// <param name="Description">One line for listings.</param>
/// <param name="NeedsPictures">True if rows must be pictures, [channels, height, width]; false if rows of numbers, [n], will do too.</param>
/// <param name="DefaultCodeSize">Numbers a code for rows of a shape, where the user gives none.</param>
/// <param name="Factory">
/// Makes the architecture of a shape and a code size. The shape is one that a row can have, the code has at least 1 number; the
/// family's name and description, the shape and the code size are filled in behind it.
/// </param>
public sealed record ModelFamily(
    string Name,
    string Description,
    bool NeedsPictures,
    Func<IReadOnlyList<int>, int> DefaultCodeSize,
    Func<IReadOnlyList<int>, int, Architecture> Factory)
{
    private const int MostNumbers = 1 << 24; // 3 x 2048 x 2048 and more; a batch of larger ones fits no memory

    /// <summary>Pixels that the shorter side of a picture must have; 1 where any will do.</summary>
    public int SmallestSide { get; init; } = 1;

    /// <summary>
    /// Fixed networks that belong to the family: for a shape and a code size of one of them the family makes this one, with its layers,
    /// first weights and settings.
    /// </summary>
    public IReadOnlyList<Architecture> Members { get; init; } = [];

    /// <summary>The architecture for rows of a shape. Nothing is allocated yet; <see cref="Architecture.Create"/> makes the network.</summary>
    /// <param name="shape">[channels, height, width] of pictures, or [n] of rows of numbers.</param>
    /// <param name="codeSize">Numbers a code; null for <see cref="DefaultCodeSize"/>.</param>
    /// <exception cref="ArgumentException">The family can't take the shape or the code size; the message says which it can.</exception>
    public Architecture Create(IReadOnlyList<int> shape, int? codeSize = null)
    {
        Check(shape);
        int code = codeSize ?? DefaultCodeSize(shape);
        if (code < 1)
        {
            throw new ArgumentException($"The code of '{Name}' has {code} numbers; expected 1 or more.", nameof(codeSize));
        }

        Architecture made = Members.FirstOrDefault(member => member.CodeSize == code && member.InputShape?.SequenceEqual(shape) == true)
            ?? Factory(shape, code) with { Description = Description };
        return made with { Name = Name, Alias = null, InputShape = [.. shape], CodeSize = code };
    }

    private void Check(IReadOnlyList<int> shape)
    {
        RowShape.Check(shape);
        if (RowShape.SizeOf(shape) > MostNumbers)
        {
            throw new ArgumentException($"'{Name}' takes rows of up to {MostNumbers} numbers, found the shape {RowShape.Text(shape)}: {Smaller(shape)}.", nameof(shape));
        }

        if (NeedsPictures && !RowShape.IsPicture(shape))
        {
            throw new ArgumentException($"'{Name}' takes pictures of the shape [channels, height, width], found rows of {shape[0]} numbers: use 'dense'.", nameof(shape));
        }

        if (RowShape.IsPicture(shape) && Math.Min(shape[1], shape[2]) < SmallestSide)
        {
            throw new ArgumentException(
                $"'{Name}' needs pictures of at least {SmallestSide} x {SmallestSide} pixels, found {shape[2]} wide and {shape[1]} high: "
                + $"resize to {Math.Max(shape[2], SmallestSide)} wide and {Math.Max(shape[1], SmallestSide)} high.",
                nameof(shape));
        }
    }

    private static string Smaller(IReadOnlyList<int> shape)
    {
        if (!RowShape.IsPicture(shape))
        {
            return "choose fewer of them";
        }

        double factor = Math.Sqrt((double)MostNumbers / RowShape.SizeOf(shape));
        return $"resize to {Math.Floor(shape[2] * factor)} wide and {Math.Floor(shape[1] * factor)} high";
    }
}
