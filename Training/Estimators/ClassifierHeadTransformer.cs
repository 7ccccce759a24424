using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>
/// Dense layers and a softmax as one transformer: class probabilities in <c>Score</c>, the most probable class in
/// <c>PredictedLabel</c>, a key of the label's values, with the annotations of ML.NET's own classifiers. What it saves are an
/// ONNX transformer and a maximum-entropy classifier of ML.NET, so that it loads in any ML.NET program.
/// </summary>
public sealed class ClassifierHeadTransformer : ITransformer, IDisposable
{
    private readonly BatchedOnnxTransformer layers;
    private readonly TransformerChain<ITransformer> chain;

    internal ClassifierHeadTransformer(ClassifierHead head, BatchedOnnxTransformer layers, ITransformer scorer)
    {
        Head = head;
        this.layers = layers;
        chain = new TransformerChain<ITransformer>(layers, scorer);
    }

    /// <summary>Always true: rows don't depend on each other.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The layers.</summary>
    internal ClassifierHead Head { get; }

    /// <summary>The schema of <see cref="Transform"/>: the input's columns, the logits, PredictedLabel and Score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => chain.GetOutputSchema(inputSchema);

    /// <summary>A view with the predictions; nothing is computed before it is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public IDataView Transform(IDataView input) => chain.Transform(input);

    /// <summary>Scores single rows, for prediction engines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features are missing, or of the wrong type or length.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)chain).GetRowToRowMapper(inputSchema);

    /// <summary>Ends the transformer; cursors that are running still reach their end.</summary>
    public void Dispose() => layers.Dispose();

    /// <summary>Saves a chain of stock transformers.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)chain).Save(ctx);
}
