using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>What is trained on a column, and which columns come of it, with the reason for each default.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>
    /// A family of the catalogue, such as <c>dense</c> or <c>conv-contrastive</c>, or one of its fixed networks. Null for <c>conv</c>
    /// of pictures and <c>dense</c> of other rows.
    /// </summary>
    public string? Architecture { get; init; }

    /// <summary>Numbers a code; null for what is usual for the architecture and the shape of the rows.</summary>
    public int? CodeSize { get; init; }

    /// <summary>Makes a network of one's own for the shape of the rows, in the place of <see cref="Architecture"/>; null for none.</summary>
    public Func<IReadOnlyList<int>, Autoencoder>? Network { get; init; }

    /// <summary>
    /// What a row is: [channels, height, width] of a picture, or [numbers]. Null takes it from the column: a vector of three dimensions
    /// is a picture, as <c>ExtractPixels</c> makes it.
    /// </summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>What the output column holds.</summary>
    public AutoencoderOutput Output { get; init; } = AutoencoderOutput.Code;

    /// <summary>Further columns to make, by what they hold.</summary>
    public IReadOnlyDictionary<AutoencoderOutput, string> FurtherColumns { get; init; } = new Dictionary<AutoencoderOutput, string>();

    /// <summary>
    /// Whether numbers are standardised inside the model: less their mean, divided by their standard deviation, which are learned
    /// from the rows. Reconstructions have the column's own units; errors are of standardised numbers. Not for pictures.
    /// </summary>
    public bool Standardize { get; init; }

    /// <summary>The value of white in a column of pictures: 255 for pixels that were never scaled, which the model then divides itself. 1: pixels lie in [0, 1].</summary>
    public float White { get; init; } = 1;

    /// <summary>Passes over the rows; null for the architecture's own.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows an optimizer step; null for the architecture's own.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The optimizer's step size; null for the architecture's own.</summary>
    public double? LearningRate { get; init; }

    /// <summary>What is minimised, such as <c>mse + l1(1e-5)</c>; see <see cref="ObjectiveNotation"/>. Null for the architecture's own.</summary>
    public string? Loss { get; init; }

    /// <summary>
    /// How the input is damaged while the target stays clean, such as <c>gaussian(0, 0.1)</c> or <c>none</c>; see
    /// <see cref="CorruptionNotation"/>. Null for the architecture's own.
    /// </summary>
    public string? Corruption { get; init; }

    /// <summary>Epochs without a lower loss of the rows held back after which the training ends, with the weights of the best epoch; null trains all epochs.</summary>
    public int? Patience { get; init; }

    /// <summary>Share of the rows, drawn by the seed, that is held back to measure the loss on where <see cref="Patience"/> is given. 0.1: enough to choose by.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Decides the first weights and everything that is drawn. The same seed and rows give the same model.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Is told where the training stands after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends the training by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Checks what can be checked without rows.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or no such thing.</exception>
    internal void Check(string outputColumnName)
    {
        if (Network is not null && (Architecture is not null || CodeSize is not null))
        {
            throw Wrong(Network, nameof(Network), "A network of your own has an architecture and a code of its own; leave Architecture and CodeSize out.");
        }

        if (FurtherColumns.ContainsKey(Output) || FurtherColumns.Values.Append(outputColumnName).GroupBy(name => name).Any(group => group.Count() > 1))
        {
            throw Wrong(FurtherColumns, nameof(FurtherColumns), "Each output makes one column, and each column has a name of its own.");
        }

        foreach (string name in FurtherColumns.Values)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(FurtherColumns));
        }

        if (!(White > 0) || !float.IsFinite(White))
        {
            throw Wrong(White, nameof(White), "The value of white must be a finite number above 0.");
        }

        if (ValidationShare is not (> 0 and < 1))
        {
            throw Wrong(ValidationShare, nameof(ValidationShare), "The share of rows that is held back must lie between 0 and 1.");
        }

        if (Patience is < 1)
        {
            throw Wrong(Patience, nameof(Patience), "The patience must be at least 1 epoch.");
        }

        Apply(new TrainingOptions()).Validate();
    }

    private static ArgumentOutOfRangeException Wrong(object? value, string option, string rule) => new(option, value, rule);

    /// <summary>An architecture's settings with those that are given here in their place.</summary>
    /// <exception cref="ArgumentException">One of them is no such thing.</exception>
    internal TrainingOptions Apply(TrainingOptions usual)
    {
        try
        {
            return usual with
            {
                Epochs = Epochs ?? usual.Epochs,
                Steps = Epochs is null ? usual.Steps : null,
                BatchSize = BatchSize ?? usual.BatchSize,
                LearningRate = LearningRate ?? usual.LearningRate,
                Objective = Loss is null ? usual.Objective : ObjectiveNotation.Parse(Loss),
                Corruption = Corruption is null ? usual.Corruption : CorruptionNotation.Parse(Corruption),
                Seed = Seed,
            };
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }
    }
}

/// <summary>What an autoencoder makes of a row.</summary>
public enum AutoencoderOutput
{
    /// <summary>The code, a vector.</summary>
    Code,

    /// <summary>The encoder's last layer before the code, a vector; classifiers often do better on it.</summary>
    Map,

    /// <summary>The row rebuilt from its code, a vector in the units of the input column.</summary>
    Reconstruction,

    /// <summary>The mean squared difference between row and reconstruction, a vector of one number: how unusual the row is.</summary>
    Error,
}
