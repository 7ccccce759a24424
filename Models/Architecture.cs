using TorchSharp;

namespace OnnxAE.Models;

/// <summary>A row of the catalogue: a network, where it comes from, and how its source trains it.</summary>
/// <param name="Name">The name that commands and files use, such as <c>dense-30-denoise</c>.</param>
/// <param name="Source">The document that describes it.</param>
/// <param name="Description">One line for listings.</param>
/// <param name="DataSet">The data set it was made for, such as <c>fashion-mnist</c>.</param>
/// <param name="Layers">The widths in a line, such as <c>784-1000-500-30-500-1000-784</c>.</param>
/// <param name="Training">The settings that are used where the user gives none.</param>
/// <param name="Factory">Makes the network with new random weights.</param>
/// <param name="Kind">What <paramref name="Factory"/> makes.</param>
/// <param name="Tuned">Settings that get as far in at most half of the epochs; null where there are none.</param>
/// <param name="Alias">Another name for it, such as the source document's id <c>S3.denoise</c>; null where there is none.</param>
/// <param name="InputShape">
/// The shape of the rows that it is made for, such as [1, 28, 28] or [29]; its networks carry it. Null leaves them the shape that they have.
/// </param>
/// <param name="CodeSize">Numbers a code; null where only the network knows.</param>
public sealed record Architecture(
    string Name,
    string Source,
    string Description,
    string DataSet,
    string Layers,
    TrainingDefaults Training,
    Func<EncoderNetwork> Factory,
    ArchitectureKind Kind = ArchitectureKind.Autoencoder,
    TrainingDefaults? Tuned = null,
    string? Alias = null,
    IReadOnlyList<int>? InputShape = null,
    int? CodeSize = null)
{
    /// <summary>The name, and the alias if there is one.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];

    /// <summary>Makes the autoencoder with the weights that belong to a seed; sets TorchSharp's global generator.</summary>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="InvalidOperationException">The row is a classifier.</exception>
    public Autoencoder Create(int seed)
    {
        EncoderNetwork network = CreateNetwork(seed);
        if (network is Autoencoder autoencoder)
        {
            return autoencoder;
        }

        network.Dispose();
        throw new InvalidOperationException($"'{Name}' is a classifier and has no decoder; choose an autoencoder ('onnxae models' lists them).");
    }

    /// <summary>Makes the network, autoencoder or not, with the weights that belong to a seed; sets TorchSharp's global generator.</summary>
    /// <param name="seed">The same seed gives the same weights, where no other thread of the process draws or trains.</param>
    /// <exception cref="ArgumentException">The network's rows have not as many numbers as <see cref="InputShape"/>.</exception>
    public EncoderNetwork CreateNetwork(int seed)
    {
        torch.manual_seed(seed);
        EncoderNetwork network = Factory();
        try
        {
            network.InputShape = InputShape ?? network.InputShape;
            return network;
        }
        catch (ArgumentException)
        {
            network.Dispose();
            throw;
        }
    }
}

/// <summary>What a row of the catalogue makes.</summary>
public enum ArchitectureKind
{
    /// <summary>Encoder and decoder.</summary>
    Autoencoder,

    /// <summary>Encoder with means and variances, and decoder.</summary>
    VariationalAutoencoder,

    /// <summary>A classifier trained on labels, whose last hidden layer is read out as the code; it has no decoder.</summary>
    Classifier,
}

/// <summary>How an architecture is trained where the user says nothing else.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="BatchSize">Images an optimizer step.</param>
/// <param name="LearningRate">The optimizer's step size.</param>
/// <param name="Objective">What is minimised, in the notation of <c>--loss</c>, such as <c>bce + l1(1e-5)</c>.</param>
/// <param name="Corruption">
/// How the input is damaged while the target stays clean, in the notation of <c>--corruption</c>, such as
/// <c>gaussian(0, 0.5)</c>; null trains on clean images.
/// </param>
/// <param name="Schedule">How the step size goes over the run.</param>
/// <param name="Optimizer">The rule by which gradients become steps.</param>
/// <param name="Steps">Optimizer steps after which the run ends, for sources that count steps; null where epochs decide.</param>
/// <param name="WeightDecay">How strongly AdamW pulls weights to 0.</param>
/// <param name="WarmUp">Share of the steps in which <see cref="LearningRateSchedule.OneCycle"/> rises.</param>
public sealed record TrainingDefaults(
    int Epochs,
    int BatchSize,
    double LearningRate = 1e-3,
    string Objective = "mse",
    string? Corruption = null,
    LearningRateSchedule Schedule = LearningRateSchedule.Constant,
    OptimizerKind Optimizer = OptimizerKind.Adam,
    int? Steps = null,
    double WeightDecay = 0,
    double WarmUp = 0.3);

/// <summary>How the learning rate goes over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays as it is.</summary>
    Constant,

    /// <summary>
    /// Up to the learning rate in the first steps, 30 % of them where nothing else is said, then down to nothing along a cosine (Smith and Topin, 2018,
    /// arXiv:1708.07120): reaches in a few epochs what a constant rate needs many for.
    /// </summary>
    OneCycle,

    /// <summary>Down to nothing along half a cosine, without a rise (Loshchilov and Hutter, 2016, arXiv:1608.03983, one period).</summary>
    Cosine,

    /// <summary>A tenth of it after half of the steps, a hundredth after three quarters (He et al., 2015, arXiv:1512.03385).</summary>
    Step,
}

/// <summary>The rule by which gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015, arXiv:1412.6980).</summary>
    Adam,

    /// <summary>Adam with weight decay that leaves its averages alone (Loshchilov and Hutter, 2019, arXiv:1711.05101).</summary>
    AdamW,

    /// <summary>RMSprop (Tieleman and Hinton, 2012), the average's weight 0.9 as in Keras, where the documents take it from.</summary>
    RMSprop,

    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd,
}
