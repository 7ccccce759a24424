using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>What the command line asks of a training run.</summary>
internal sealed record TrainRequest
{
    /// <summary>The catalogue's row.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>A known data set, or a folder with IDX files.</summary>
    public required string DataSet { get; init; }

    /// <summary>Its images, where they are in memory already.</summary>
    public LabeledImages? Images { get; init; }

    /// <summary>The run folder.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The trainer's settings.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>What is measured after every epoch.</summary>
    public required ValidationChoice Validation { get; init; }

    /// <summary>Epochs without an improvement that end the run; null for none.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the weights of the best epoch are kept instead of the last one's.</summary>
    public bool KeepBest { get; init; }

    /// <summary>How often the run is saved.</summary>
    public required CheckpointInterval Checkpoints { get; init; }

    /// <summary>Whether a stopped run is gone on with.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether the run folder gets a <c>log.csv</c>.</summary>
    public bool Csv { get; init; }

    /// <summary>Whether the run folder gets an event file for TensorBoard.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The command line that goes on with the run, for the sentence that a stopped run ends with.</summary>
    public required string ResumeCommand { get; init; }
}
