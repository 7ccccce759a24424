namespace OnnxAE.Inference;

/// <summary>How to make the model that is run from the one in the file: again and again the same.</summary>
internal sealed record OnnxModelPlan
{
    // The transformer of ML.NET takes this off the name of an output, but its estimator doesn't.
    private const string StrippedSuffix = ".output";

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

    /// <summary>What is taken from the pixels of each channel, in the range that the model's metadata name, or as they come; empty for nothing.</summary>
    public IReadOnlyList<float> Means { get; init; } = [];

    /// <summary>What they are divided by then.</summary>
    public IReadOnlyList<float> Deviations { get; init; } = [];

    /// <summary>The input that noise is drawn for, by its name in the file; null for none.</summary>
    public string? NoiseInput { get; init; }

    /// <summary>Where the noise begins.</summary>
    public int Seed { get; init; }

    /// <summary>The names of the computed columns, in the order of the schema.</summary>
    public IEnumerable<string> OutputColumns => ErrorColumn is null ? Outputs.Values : Outputs.Values.Append(ErrorColumn);

    /// <summary>Finds out which tensor is which column.</summary>
    /// <param name="options">The file and the columns.</param>
    /// <param name="noiseInput">A further input, for noise; null for none.</param>
    /// <param name="errorColumn">A column of errors; null for none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or doesn't fit the columns.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static OnnxModelPlan Of(BatchedOnnxOptions options, string? noiseInput = null, string? errorColumn = null)
    {
        CheckNames(options.InputColumnNames, errorColumn is null ? options.OutputColumnNames : [.. options.OutputColumnNames, errorColumn]);
        OnnxModelPlan plan = Of(OnnxModelSource.Open(options.ModelFile), options.InputColumnNames, options.OutputColumnNames, noiseInput) with
        {
            ErrorColumn = errorColumn,
            Means = options.ChannelMeans,
            Deviations = options.ChannelDeviations,
        };
        options.CheckChannels();
        CheckNames([.. plan.Inputs.Values], [.. plan.OutputColumns]);
        return plan;
    }

    /// <summary>Finds out which tensor is which column, where tensors may have the columns' names already.</summary>
    public static OnnxModelPlan Of(OnnxModelSource source, IReadOnlyList<string> inputColumns, IReadOnlyList<string> outputColumns, string? noiseInput = null)
    {
        string[] inputs = [.. source.Graph.FreeInputs().Select(i => i.Name)];
        if (noiseInput is not null && !inputs.Contains(noiseInput))
        {
            throw new InvalidDataException($"'{source.Name}' has the inputs {string.Join(", ", inputs)}, expected one called '{noiseInput}' for noise: it is no sampler.");
        }

        inputs = [.. inputs.Where(i => i != noiseInput)];
        Dictionary<string, string> read = Match(inputs, inputColumns, "input", source.Name);
        if (read.Count < inputs.Length)
        {
            throw new InvalidDataException(
                $"'{source.Name}' has the inputs {string.Join(", ", inputs)}, expected a column for each, found {string.Join(", ", inputColumns)}.");
        }

        Dictionary<string, string> made = Match([.. source.Graph.Output.Select(o => o.Name)], outputColumns, "output", source.Name);
        if (noiseInput is not null)
        {
            read.Add(noiseInput, new NameScope(read.Values.Concat(made.Values)).Fresh(noiseInput));
        }

        return new OnnxModelPlan { Source = source, Inputs = read, Outputs = made, NoiseInput = noiseInput };
    }

    /// <summary>Makes the model.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what it was.</exception>
    public ModelProto Build()
    {
        ModelProto model = Source.Read();
        GraphRenaming.Rename(model.Graph, Inputs, Outputs);
        GraphPruning.Keep(model.Graph, Outputs.Values);
        if (!ReadsPixels)
        {
            PixelRange.MarkAsOutputs(model); // for whoever loads what is saved
        }

        if (ErrorColumn is not null)
        {
            GraphAdditions.AddError(model, Inputs.Values.First(), Outputs.Values.First(), ErrorColumn);
        }

        if (Means.Count > 0)
        {
            GraphAdditions.Standardize(model, Inputs.Values.First(), Means, Deviations, Source.Name);
        }

        if (BytesTo is { } range)
        {
            GraphAdditions.TakeBytes(model.Graph, Inputs.Values.First(), range);
        }

        return model;
    }

    private static Dictionary<string, string> Match(string[] tensors, IReadOnlyList<string> columns, string role, string source)
    {
        if (columns.Count == 0)
        {
            return tensors.ToDictionary(t => t, t => t.EndsWith(StrippedSuffix, StringComparison.Ordinal) ? t[..^StrippedSuffix.Length] : t);
        }

        if (columns.All(c => tensors.Contains(c)))
        {
            return columns.ToDictionary(c => c);
        }

        if (columns.Count == tensors.Length)
        {
            return tensors.Zip(columns).ToDictionary(p => p.First, p => p.Second);
        }

        string expected = columns is [var only] ? $"one, or one called '{only}'" : $"as many columns, or columns called like them; found {string.Join(", ", columns)}";
        throw new InvalidDataException($"'{source}' has {tensors.Length} {role}s ({string.Join(", ", tensors)}), expected {expected}.");
    }

    private static void CheckNames(IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        foreach (string name in inputs.Concat(outputs))
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
        }

        if (outputs.Intersect(inputs).FirstOrDefault() is { } both)
        {
            throw new ArgumentException($"The output column '{both}' is the input column too, expected a name of its own: "
                + "an ONNX graph can't give both the same.", nameof(outputs));
        }

        if (outputs.FirstOrDefault(o => o.EndsWith(StrippedSuffix, StringComparison.Ordinal)) is { } stripped)
        {
            throw new ArgumentException($"The output column '{stripped}' ends with '{StrippedSuffix}', which ML.NET takes off; choose another name.", nameof(outputs));
        }

        if (outputs.Concat(inputs).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The column '{twice.Key}' is named twice, expected different ones.", nameof(outputs));
        }
    }
}
