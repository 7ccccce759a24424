using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// The networks of a run that was trained on a table, behind what makes numbers of its columns: stock ML.NET models that take the
/// table's own columns.
/// </summary>
internal sealed class TableModel : RowModel
{
    /// <summary>Columns to codes.</summary>
    public const string EncoderFile = "encoder.zip";

    /// <summary>Columns to reconstructions of the standardised numbers, and their errors.</summary>
    public const string AutoencoderFile = "autoencoder.zip";

    /// <summary>The column of codes.</summary>
    public const string Code = "Code";

    private const string Reconstruction = "Reconstruction", Error = "Error";

    private readonly ITransformer _model;
    private readonly DataViewSchema _input;
    private readonly string _column;
    private readonly int _size;

    private TableModel(string path, ITransformer model, DataViewSchema input, string column)
        : base(path)
    {
        (_model, _input, _column) = (model, input, column);
        _size = ((VectorDataViewType)model.GetOutputSchema(input)[column].Type).Size;
    }

    public override IEnumerable<string> Headings => _size == 1 ? [_column.ToLowerInvariant()] : Enumerable.Range(0, _size).Select(i => $"{_column.ToLowerInvariant()}_{i}");

    public override IReadOnlyList<int> OutputShape => [_size];

    public override IReadOnlyList<string> ColumnNames => [_column];

    /// <summary>Whether a request is for a run that was trained on a table.</summary>
    public static bool Takes(ScoringRequest request) => PathOf(request) is { } path && File.Exists(path);

    /// <summary>Opens the model of a request.</summary>
    /// <exception cref="UsageException">The run has no such model for tables.</exception>
    public static TableModel Open(ScoringRequest request)
    {
        string path = PathOf(request)!;
        ITransformer model = new MLContext(seed: 1).Model.LoadWithBatchedOnnx(path, out DataViewSchema input);
        return new TableModel(path, model, input, request.Kind switch
        {
            ScoringKind.Encode => Code,
            ScoringKind.Reconstruct => Reconstruction,
            _ => Error,
        });
    }

    /// <summary>Writes both models into a run.</summary>
    /// <param name="folder">Where the network's ONNX files are.</param>
    /// <param name="table">The table that it was trained on.</param>
    /// <param name="features">What makes its numbers of the table's columns.</param>
    public static void Write(string folder, TableFile table, ITransformer features)
    {
        var ml = new MLContext(seed: 1);
        IDataView view = ml.Transforms.SelectColumns(
            [.. table.Columns.Where(column => column.Role == TableColumnRole.Feature).Select(column => column.Name)]).Fit(table.View).Transform(table.View);
        IDataView numbers = features.Transform(view);
        using BatchedOnnxTransformer encoder = ml.Transforms.ApplyOnnxEncoder(Code, "Features", System.IO.Path.Combine(folder, OnnxNames.EncoderFile)).Fit(numbers);
        using BatchedOnnxTransformer whole = ml.Transforms.ApplyOnnxAutoencoder(
            Reconstruction, "Features", System.IO.Path.Combine(folder, OnnxNames.AutoencoderFile), Error).Fit(numbers);
        ml.Model.Save(new TransformerChain<ITransformer>(features, encoder), view.Schema, System.IO.Path.Combine(folder, EncoderFile));
        ml.Model.Save(new TransformerChain<ITransformer>(features, whole), view.Schema, System.IO.Path.Combine(folder, AutoencoderFile));
    }

    public override IRowView Open(RowSource source, RowFileOptions options) => !source.IsFolder && source.IsRepeatable ? TableView.For(source, _input)
        : throw new UsageException($"'{source.Name}' is no table; '{Path}' reads files .csv, .tsv or .txt with headings.");

    public override IDataView Apply(IRowView rows) => _model.Transform(rows);

    public override void Dispose() => (_model as IDisposable)?.Dispose();

    private static string? PathOf(ScoringRequest request) => !Directory.Exists(request.Model) ? null
        : request.Kind switch
        {
            ScoringKind.Encode => System.IO.Path.Combine(request.Model, EncoderFile),
            ScoringKind.Reconstruct or ScoringKind.Error => System.IO.Path.Combine(request.Model, AutoencoderFile),
            _ => null,
        };
}
