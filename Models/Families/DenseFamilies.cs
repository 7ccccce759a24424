namespace OnnxAE.Models;

/// <summary>
/// Families of dense layers, for pictures and for rows of numbers. Pictures have pixels in [0, 1] and are rebuilt behind a sigmoid;
/// other numbers have any range and are rebuilt by a linear layer.
/// </summary>
internal static class DenseFamilies
{
    private const int Widest = 1000; // of dense-30
    private const int Narrowest = 16; // below it a layer loses too many units to a ReLU that stays off
    private const int FirstLayer = 1 << 24; // weights, before widths shrink: 1000 units up to 16,777 numbers a row
    private const int LargestDefault = 30; // of dense-30

    public static ModelFamily Linear { get; } = new(
        "linear",
        "one linear layer each way; equals PCA",
        NeedsPictures: false,
        DefaultCodeSize,
        // A constant rate leaves the error above that of PCA, see linear-100.
        (shape, code) => Create(
            "linear", shape, code, [], Activation.Linear, Activation.Linear, Training(shape) with { Schedule = LearningRateSchedule.Cosine }))
    {
        Members = [LinearNetworks.Linear2, LinearNetworks.Linear100, LinearNetworks.Linear1000],
    };

    public static ModelFamily Dense { get; } = new(
        "dense",
        "dense layers; compresses",
        NeedsPictures: false,
        DefaultCodeSize,
        (shape, code) => Create("dense", shape, code, Hidden(shape, code), CodeOf(shape), Output(shape), Training(shape)))
    {
        Members = [DenseNetworks.Dense30, DenseNetworks.Dense49],
    };

    public static ModelFamily DenseDenoise { get; } = new(
        "dense-denoise",
        "dense layers trained to remove noise",
        NeedsPictures: false,
        DefaultCodeSize,
        (shape, code) => Create(
            "dense-denoise", shape, code, Hidden(shape, code), CodeOf(shape), Output(shape), Training(shape) with { Corruption = Noise(shape) }))
    {
        Members = [DenseNetworks.Dense30Denoise, DenseNetworks.Dense49Denoise],
    };

    public static ModelFamily Sparse { get; } = new(
        "sparse",
        "dense layers; each row switches on few units of its code",
        NeedsPictures: false,
        DefaultCodeSize,
        (shape, code) => Create(
            "sparse", shape, code, Hidden(shape, code), Activation.Sigmoid, Output(shape), Training(shape) with { Objective = "mse + sparsity(0.2, 0.001)" }))
    {
        Members = [DenseNetworks.Sparse16, DenseNetworks.Dense30Sparse],
    };

    /// <summary>The weight of its penalty is for an error that is summed over the numbers of a row, as in its source.</summary>
    public static ModelFamily Contractive { get; } = new(
        "contractive",
        "one sigmoid layer whose code hardly changes with its input",
        NeedsPictures: false,
        // Its code may be wider than its input, since the penalty keeps it from copying.
        shape => RowShape.IsPicture(shape) ? Math.Clamp(FirstLayer / RowShape.SizeOf(shape), LargestDefault, Widest) : DefaultCodeSize(shape),
        (shape, code) => Create("contractive", shape, code, [], Activation.Sigmoid, Output(shape), Training(shape) with
        {
            Epochs = RowShape.IsPicture(shape) ? 20 : 30,
            BatchSize = 128,
            Objective = FormattableString.Invariant($"{(RowShape.IsPicture(shape) ? "bce" : "mse")}({RowShape.SizeOf(shape)}) + contractive(0.1)"),
        }))
    {
        Members = [DenseNetworks.Contractive],
    };

    public static ModelFamily Vae { get; } = new(
        "vae",
        "dense and variational; generates rows",
        NeedsPictures: false,
        DefaultCodeSize,
        CreateVae)
    {
        Members = [VariationalNetworks.Vae2, VariationalNetworks.Vae30],
    };

    /// <summary>A third of the numbers of a row, at least 1 and at most 30, as in dense-30.</summary>
    private static int DefaultCodeSize(IReadOnlyList<int> shape) => Math.Clamp(RowShape.SizeOf(shape) / 3, 1, LargestDefault);

    // Twice the row's numbers or a little more, so that the layers can bend what they are given; then half of it. 784-1000-500 and
    // 29-64-32. A layer no wider than the code would only be a narrower code.
    private static int[] Hidden(IReadOnlyList<int> shape, int code)
    {
        int size = RowShape.SizeOf(shape);
        long wanted = (long)System.Numerics.BitOperations.RoundUpToPowerOf2(2UL * (ulong)size);
        int first = (int)Math.Min(Math.Clamp(wanted, Narrowest, Widest), Math.Max(FirstLayer / size, 1));
        return [.. new[] { first, first / 2 }.Where(width => width > code)];
    }

    // A ReLU as in dense-30; standardised numbers lie on both sides of 0, and so does the code of few of them.
    private static Activation CodeOf(IReadOnlyList<int> shape) => RowShape.IsPicture(shape) ? Activation.ReLU : Activation.Linear;

    private static Activation Output(IReadOnlyList<int> shape) => RowShape.IsPicture(shape) ? Activation.Sigmoid : Activation.Linear;

    // Pictures as dense-30. Tables are smaller and their networks too: more epochs, and a cycle that ends in small steps.
    private static TrainingDefaults Training(IReadOnlyList<int> shape) => RowShape.IsPicture(shape)
        ? new TrainingDefaults(Epochs: 10, BatchSize: 64)
        : new TrainingDefaults(Epochs: 30, BatchSize: 64, LearningRate: 2e-3, Schedule: LearningRateSchedule.OneCycle);

    // Gaussian noise is cut off outside [0, 1], as pixels are. Masking sets numbers to 0, which is the mean of a standardised column.
    private static string Noise(IReadOnlyList<int> shape) => RowShape.IsPicture(shape) ? "gaussian(0, 0.5)" : "masking(0.2)";

    private static Architecture Create(
        string family, IReadOnlyList<int> shape, int code, int[] hidden, Activation codeActivation, Activation output, TrainingDefaults training)
    {
        int[] widths = [RowShape.SizeOf(shape), .. hidden, code];
        WeightLimit.Check(family, shape, code, size => 2 * Products([.. widths[..^1], size]));
        return Describe(
            $"{string.Join('-', widths)}-{string.Join('-', widths.Reverse().Skip(1))}",
            training,
            // [N, n] -> ... -> code [N, code] -> ... -> [N, n]
            () => FirstWeights.Glorot(new DenseAutoencoder(widths, hidden: Activation.ReLU, codeActivation, output)));
    }

    private static Architecture CreateVae(IReadOnlyList<int> shape, int code)
    {
        int size = RowShape.SizeOf(shape);
        int[] hidden = Hidden(shape, code) is { Length: > 0 } narrower ? narrower : Hidden(shape, 0)[..1];
        int[] widths = [size, .. hidden], back = [code, .. widths.Reverse()];
        WeightLimit.Check("vae", shape, code, numbers => (2 * Products(widths)) + (3.0 * hidden[^1] * numbers));

        // The negative evidence lower bound but for a constant: of Bernoulli pixels, or of normal numbers whose variance is 0.1. With a
        // variance of 1, as vae-30 has it for pixels, most of a standardised column would be noise and its code given up.
        string error = RowShape.IsPicture(shape) ? $"bce-logits({size})" : $"mse({5L * size})";
        return Describe(
            $"{string.Join('-', widths)}-({code}, {code})-{string.Join('-', back.Skip(1))}",
            Training(shape) with { Objective = $"{error} + kl" },
            () => FirstWeights.Glorot(new VariationalAutoencoder(
                map: DenseAutoencoder.Stack(widths, Activation.ReLU, Activation.ReLU, 0, widths.Length - 1), // [N, n] -> [N, map]
                decoder: DenseAutoencoder.Stack(back, Activation.ReLU, Output(shape), 0, back.Length - 1), // [N, code] -> [N, n]
                inputSize: size,
                mapSize: widths[^1],
                codeSize: code))) with
        { Kind = ArchitectureKind.VariationalAutoencoder };
    }

    private static Architecture Describe(string layers, TrainingDefaults training, Func<EncoderNetwork> factory) =>
        new(Name: "", Source: "OnnxAE", Description: "", DataSet: "", layers, training, factory);

    private static double Products(int[] widths) => widths.Zip(widths.Skip(1), (from, to) => (double)from * to).Sum();
}
