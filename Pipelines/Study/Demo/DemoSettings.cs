
namespace OnnxAE.Pipelines;

/// <summary>Every knob of the demo that is not on its command line, with the reason for its value.</summary>
internal sealed record DemoSettings
{
    /// <summary>Passes over the training images; null takes the catalogue's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Draws of the labels; three tell luck from skill in a demo, an experiment takes ten or more.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>The ways to classify: of the experiment's those that a few minutes are enough for.</summary>
    public IReadOnlyList<ArmKind> Arms { get; init; } = [ArmKind.Raw, ArmKind.Frozen, ArmKind.LabelSpreading, ArmKind.ScratchAugmented];

    /// <summary>Their knobs: the experiment's, so that its figures are the same.</summary>
    public ArmSettings ArmSettings { get; init; } = new();

    /// <summary>Pictures in each row of the report.</summary>
    public int ReportImages { get; init; } = 12;
}

/// <summary>What the command line asks of the demo.</summary>
/// <param name="DataSet">A known data set, or a folder with IDX files.</param>
/// <param name="OutputFolder">The run folder; null for <c>runs/demo-</c> and the data set's name.</param>
/// <param name="Seed">Decides the weights, the noise, the order of the images and the draws of the labels.</param>
/// <param name="Epochs">Passes over the training images; null for the demo's own number.</param>
internal sealed record DemoRequest(string DataSet, string? OutputFolder, int Seed, int? Epochs);
