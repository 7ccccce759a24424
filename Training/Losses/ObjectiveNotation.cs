namespace OnnxAE.Training;

/// <summary>Losses as text, for the command line, run files and the catalogue: <c>bce(784) + kl</c>, <c>bce + l1(1e-5)</c>.</summary>
public static class ObjectiveNotation
{
    private const string Expected =
        "Expected one of mse(weight), bce(weight), bce-logits(weight), cross-entropy(weight), and any of kl(beta, warm-up epochs), l1(weight), "
        + "sparsity(target, weight), contractive(weight), nt-xent(temperature, weight), joined by +; a weight of 1 may be left out of the first five.";

    /// <summary>Reads the notation.</summary>
    /// <param name="text">An error term and penalties joined by +, such as <c>mse + sparsity(0.2, 0.001)</c>.</param>
    /// <exception cref="FormatException">The text is no loss; the message has the notation.</exception>
    /// <exception cref="ArgumentException">There isn't exactly one error term.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static IObjective Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Objective(TermNotation.Read(text).Select(Create));
    }

    private static LossTerm Create((string Text, string Name, double[] Numbers) term) => (term.Name, term.Numbers) switch
    {
        ("MSE", []) => new MeanSquaredError(),
        ("MSE", [var weight]) => new MeanSquaredError(weight),
        ("BCE", []) => new BinaryCrossEntropy(),
        ("BCE", [var weight]) => new BinaryCrossEntropy(weight),
        ("BCE-LOGITS", []) => new BinaryCrossEntropyWithLogits(),
        ("BCE-LOGITS", [var weight]) => new BinaryCrossEntropyWithLogits(weight),
        ("CROSS-ENTROPY", []) => new CrossEntropy(),
        ("CROSS-ENTROPY", [var weight]) => new CrossEntropy(weight),
        ("KL", []) => new KlDivergence(),
        ("KL", [var beta]) => new KlDivergence(beta),
        ("KL", [var beta, var warmUp]) => new KlDivergence(beta, warmUp),
        ("L1", [var weight]) => new CodeL1(weight),
        ("CONTRACTIVE", [var weight]) => new ContractivePenalty(weight),
        ("NT-XENT", [var temperature]) => new NormalizedTemperatureCrossEntropy(temperature),
        ("NT-XENT", [var temperature, var weight]) => new NormalizedTemperatureCrossEntropy(temperature, weight),
        ("SPARSITY", [var target, var weight]) => new KlSparsity(target, weight),
        _ => throw new FormatException($"'{term.Text}' is not a loss. {Expected}"),
    };
}
