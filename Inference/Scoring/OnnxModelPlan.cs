
namespace OnnxAE.Inference;

/// <summary>How to make the model that is run from the one in the file: again and again the same.</summary>
internal sealed record OnnxModelPlan
{
    /// <summary>Where the model is.</summary>
    public required OnnxModelSource Source { get; init; }

    /// <summary>The column of each input of the file that is read, by the input's name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The column of each output of the file that is computed, by the output's name.</summary>
    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    /// <summary>The column of the mean squared difference between the first input and the first output; null for none.</summary>
    public string? ErrorColumn { get; init; }

    /// <summary>Whether the input may be pixels; if not, what the model says of these is about its output.</summary>
    public bool ReadsPixels { get; init; } = true;

    /// <summary>The range that pixels in bytes are brought to where the input's values are no bytes; null leaves it as it is.</summary>
    public PixelRange? BytesTo { get; init; }

    /// <summary>The input that noise is drawn for, by its name in the file; null for none.</summary>
    public string? NoiseInput { get; init; }

    /// <summary>Where the noise begins.</summary>
    public int Seed { get; init; }

    /// <summary>The names of the computed columns, in the order of the schema.</summary>
    public IEnumerable<string> OutputColumns => ErrorColumn is null ? Outputs.Values : Outputs.Values.Append(ErrorColumn);

    /// <summary>Makes the model.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what it was.</exception>
    public ModelProto Build()
    {
        ModelProto model = Source.Read();
        GraphRenaming.Rename(model.Graph, Inputs, Outputs);
        GraphPruning.Keep(model.Graph, Outputs.Values);
        if (!ReadsPixels)
            PixelRange.MarkAsOutputs(model); // for whoever loads what is saved
        if (ErrorColumn is not null)
            ErrorOutput.Append(model, Inputs.Values.First(), Outputs.Values.First(), ErrorColumn);
        if (BytesTo is { } range)
            ByteInput.Prepend(model, Inputs.Values.First(), range);
        return model;
    }
}
