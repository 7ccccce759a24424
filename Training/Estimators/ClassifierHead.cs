using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>What makes logits of features: dense layers with a ReLU between one and the next. One layer is a linear classifier.</summary>
/// <param name="Layers">The layers, the first one first.</param>
internal sealed record ClassifierHead(IReadOnlyList<DenseLayer> Layers)
{
    /// <summary>Numbers that it takes.</summary>
    public int InputSize => Layers[0].Inputs;

    /// <summary>Classes that it tells apart.</summary>
    public int ClassCount => Layers[^1].Outputs;

    /// <summary>What ML.NET's maximum-entropy classifier computes before the softmax.</summary>
    public static ClassifierHead OfLinear(MaximumEntropyModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        VBuffer<float>[] weights = [];
        parameters.GetWeights(ref weights, out int classCount);
        return new ClassifierHead([new DenseLayer([.. weights.Take(classCount).SelectMany(w => w.DenseValues())], [.. parameters.GetBiases()])]);
    }

    /// <summary>The head whose logits are divided by a temperature: above 1 probabilities become more even, the order of the classes stays.</summary>
    /// <param name="temperature">Above 0 (Guo et al., 2017, arXiv:1706.04599).</param>
    public ClassifierHead WithTemperature(double temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return temperature == 1 ? this : WithLast(Layers[^1].Scale(1 / temperature));
    }

    /// <summary>The head as a module of TorchSharp: [N, <see cref="InputSize"/>] to logits [N, <see cref="ClassCount"/>].</summary>
    public Module<Tensor, Tensor> CreateModule()
    {
        var modules = new List<(string, Module<Tensor, Tensor>)>();
        foreach (DenseLayer layer in Layers)
        {
            if (modules.Count > 0)
            {
                modules.Add(($"relu{modules.Count / 2}", ReLU()));
            }

            TorchSharp.Modules.Linear linear = Linear(layer.Inputs, layer.Outputs);
            using var gradients = no_grad();
            using Tensor weights = tensor(layer.Weights, [layer.Outputs, layer.Inputs]), biases = tensor(layer.Biases);
            linear.weight.copy_(weights);
            linear.bias!.copy_(biases);
            modules.Add(($"dense{(modules.Count + 1) / 2}", linear));
        }

        return Sequential(modules);
    }

    /// <summary>The head as an ML.NET transformer: probabilities in Score, the class in PredictedLabel.</summary>
    /// <param name="label">The label to predict: a key of type UInt32 with as many values as there are classes.</param>
    /// <param name="featureColumnName">The column that it reads.</param>
    /// <param name="logitsColumnName">The column between the layers and the softmax.</param>
    public ClassifierHeadTransformer CreateTransformer(DataViewSchema.Column label, string featureColumnName, string logitsColumnName)
    {
        BatchedOnnxTransformer layers = CreateLayers(featureColumnName, logitsColumnName);
        DataViewSchema output = layers.GetOutputSchema(new EmptyView(layers.Definition.Inputs).Schema);
        return new ClassifierHeadTransformer(this, layers, SoftmaxScorer.Create(label, output[logitsColumnName]));
    }

    private BatchedOnnxTransformer CreateLayers(string featureColumnName, string logitsColumnName)
    {
        using Module<Tensor, Tensor> module = CreateModule();
        byte[] model = OnnxExporter.ToBytes(module, [InputSize], new OnnxExportOptions
        {
            InputName = OnnxNames.Features,
            OutputName = OnnxNames.Logits,
            GraphName = "head",
            Description = $"Classifier head: {OnnxNames.Features} [{OnnxNames.Batch}, {InputSize}] -> {OnnxNames.Logits} [{OnnxNames.Batch}, {ClassCount}].",
        });
        return BatchedOnnxTransformer.Create(model, featureColumnName, logitsColumnName, "classifier head");
    }

    private ClassifierHead WithLast(DenseLayer last) => new([.. Layers.SkipLast(1), last]);
}

/// <summary>
/// Dense layers and a softmax as one transformer: class probabilities in <c>Score</c>, the most probable class in
/// <c>PredictedLabel</c>, a key of the label's values, with the annotations of ML.NET's own classifiers. What it saves are an
/// ONNX transformer and a maximum-entropy classifier of ML.NET, so that it loads in any ML.NET program.
/// </summary>
public sealed class ClassifierHeadTransformer : ITransformer, IDisposable
{
    private readonly BatchedOnnxTransformer _layers;
    private readonly TransformerChain<ITransformer> _chain;

    internal ClassifierHeadTransformer(ClassifierHead head, BatchedOnnxTransformer layers, ITransformer scorer)
    {
        Head = head;
        _layers = layers;
        _chain = new TransformerChain<ITransformer>(layers, scorer);
    }

    /// <summary>Always true: rows don't depend on each other.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The layers.</summary>
    internal ClassifierHead Head { get; }

    /// <summary>The schema of <see cref="Transform"/>: the input's columns, the logits, PredictedLabel and Score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <summary>A view with the predictions; nothing is computed before it is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    /// <summary>Scores single rows, for prediction engines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    /// <summary>Ends the transformer; cursors that are running still reach their end.</summary>
    public void Dispose() => _layers.Dispose();

    /// <summary>Saves a chain of stock transformers.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_chain).Save(ctx);
}

/// <summary>A dense layer of a classifier: weights · input + biases.</summary>
/// <param name="Weights">[Outputs, Inputs], row-major.</param>
/// <param name="Biases">[Outputs].</param>
internal sealed record DenseLayer(float[] Weights, float[] Biases)
{
    /// <summary>Numbers that it takes.</summary>
    public int Inputs => Weights.Length / Biases.Length;

    /// <summary>Numbers that it gives.</summary>
    public int Outputs => Biases.Length;

    /// <summary>The layer that gives a multiple of what this one gives.</summary>
    public DenseLayer Scale(double factor) => new([.. Weights.Select(w => (float)(w * factor))], [.. Biases.Select(b => (float)(b * factor))]);
}
