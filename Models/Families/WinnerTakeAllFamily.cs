namespace OnnxAE.Models;

/// <summary>
/// Convolutions of which only the largest value a map is decoded, for pictures of any size. Pictures are halved once, and further until
/// the shorter side of a map has 16 pixels or fewer; one transposed convolution draws each winner back into the picture.
/// </summary>
internal static class WinnerTakeAllFamily
{
    private const int Maps = 64;
    private const int LargestMap = 16;

    public static ModelFamily WinnerTakeAll { get; } = new(
        "winner-take-all",
        "convolutions; decodes the winner of each map only",
        NeedsPictures: true,
        shape => checked(Maps * MapSize(shape)),
        Create)
    {
        SmallestSide = ConvStages.SmallestSide,
        Members = [ConvWinnerTakeAll.WinnerTakeAll],
    };

    private static Architecture Create(IReadOnlyList<int> shape, int code)
    {
        int each = MapSize(shape), maps = code / each;
        if (code % each != 0)
        {
            throw new ArgumentException(
                $"The code of 'winner-take-all' has {code} numbers; expected a multiple of the {each} that each map has for rows of the shape {RowShape.Text(shape)}: use {Math.Max(maps, 1) * each}.",
                nameof(code));
        }

        int halvings = Halvings(shape);
        WeightLimit.Check("winner-take-all", shape, code, size => 36.0 * (1L << (2 * halvings)) * shape[0] * size / each);
        string stages = string.Concat(Enumerable.Range(1, halvings - 1).Select(_ => $"conv{Maps}(5)/2-"));
        return new Architecture(
            Name: "",
            Source: "Makhzani and Frey, 2015: Winner-Take-All Autoencoders",
            Description: "",
            DataSet: "",
            Layers: $"conv32(5)/2-{stages}conv{maps}(5)-winners-convT{shape[0]}({6 << halvings})/{1 << halvings}",
            Training: new TrainingDefaults(Epochs: 5, BatchSize: ConvFamilies.BatchSize(shape, 100)),
            Factory: () => ConvWinnerTakeAll.Create(shape, maps, halvings));
    }

    // Numbers a map.
    private static int MapSize(IReadOnlyList<int> shape)
    {
        int halvings = Halvings(shape);
        return Halve(shape[1], halvings) * Halve(shape[2], halvings);
    }

    private static int Halvings(IReadOnlyList<int> shape)
    {
        int halvings = 1;
        while (Halve(Math.Min(shape[1], shape[2]), halvings) > LargestMap)
        {
            halvings++;
        }

        return halvings;
    }

    private static int Halve(int side, int times) => (int)(((long)side + (1L << times) - 1) >> times);
}
