using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Trains an autoencoder on a column, and returns the batched ONNX transformer of what it learned. The rows are read into memory
/// once, 4 bytes a number. Trainings of a process wait for each other: TorchSharp draws from one generator.
/// </summary>
public sealed class AutoencoderEstimator : IEstimator<BatchedOnnxTransformer>
{
    private const float Room = 0.01f; // resampling takes pixels a little out of their range

    private static readonly Lock OneAtATime = new();

    private readonly TransformsCatalog _catalog;
    private readonly ContextLog _log;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly AutoencoderOptions _options;

    internal AutoencoderEstimator(TransformsCatalog catalog, string outputColumnName, string inputColumnName, AutoencoderOptions options)
    {
        options.Check(outputColumnName);
        (_catalog, _outputColumnName, _inputColumnName, _options) = (catalog, outputColumnName, inputColumnName, options);
        _log = new ContextLog(catalog);
    }

    // What is made, and as which column.
    private IEnumerable<(AutoencoderOutput Output, string Column)> Columns =>
        _options.FurtherColumns.Select(pair => (pair.Key, pair.Value)).Prepend((_options.Output, _outputColumnName));

    /// <summary>Trains on the rows whose numbers are finite. <see cref="MLContext.Log"/> is told of every epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of the wrong type.</exception>
    /// <exception cref="ArgumentException">The architecture can't take such rows.</exception>
    /// <exception cref="InvalidOperationException">There is no row to learn from, or pixels are out of their range.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public BatchedOnnxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema)); // a mismatch shows before a row is read
        DataViewSchema.Column column = input.Schema[_inputColumnName];
        if (!RowSetReader.Accepts(column.Type))
        {
            throw SchemaErrors.Mismatch("input", column.Name, "a vector of Single or Byte of a known size", column.Type.ToString()!, nameof(input));
        }

        IReadOnlyList<int> shape = ShapeOf((VectorDataViewType)column.Type);
        lock (OneAtATime)
        {
            (RowSet rows, InputScale? scale) = Read(input, column, shape);
            Architecture? architecture = _options.Network is null
                ? ModelCatalog.Get(_options.Architecture ?? (shape.Count == 3 ? "conv" : "dense"), shape, _options.CodeSize) : null;
            manual_seed(_options.Seed);
            using Autoencoder network = architecture?.Create(_options.Seed) ?? _options.Network!(shape);
            Train(network, rows, architecture is null ? new TrainingOptions() : TrainingOptions.For(architecture));
            byte[] model = AutoencoderGraph.ToBytes(network, scale, [.. Columns.Select(made => made.Output)]);
            OnnxModelPlan plan = OnnxModelPlan.Of(
                OnnxModelSource.Store(model, "autoencoder"), [_inputColumnName], [.. Columns.Select(made => made.Column)]);
            plan = plan with { ReadsPixels = shape.Count == 3, BytesTo = rows.HoldsBytes ? AutoencoderGraph.Pixels : null };
            return new BatchedOnnxTransformer(OnnxScorer.Create(plan, new RunSettings(new OnnxRunOptions(), _catalog)));
        }
    }

    /// <summary>The columns that the transformer will make, behind those that it gets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (SchemaShapes.Find(inputSchema, _inputColumnName) is not { } column)
        {
            throw SchemaErrors.Missing("input", _inputColumnName, nameof(inputSchema));
        }

        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey
            || (column.ItemType != NumberDataViewType.Single && column.ItemType != NumberDataViewType.Byte))
        {
            throw SchemaErrors.Mismatch("input", _inputColumnName, "Vector<Single>", SchemaShapes.Describe(column), nameof(inputSchema));
        }

        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(c => c.Name);
        foreach ((_, string name) in Columns)
        {
            columns[name] = SchemaShapes.OfVector(name);
        }

        return new SchemaShape(columns.Values);
    }

    private IReadOnlyList<int> ShapeOf(VectorDataViewType type)
    {
        IReadOnlyList<int> found = type.Dimensions.Length == 3 ? type.Dimensions : [type.Size];
        if (_options.Shape is { } given)
        {
            return RowShapes.SizeOf(given) == type.Size ? given : throw new ArgumentException(
                $"The column '{_inputColumnName}' has {type.Size} numbers, which make no rows of the shape {RowShapes.Describe(given)}.");
        }

        return found is [> 4, _, 1 or 3 or 4] ? throw new ArgumentException(
            $"The column '{_inputColumnName}' has the dimensions {RowShapes.Describe(found)}, expected [channels, height, width]: leave interleavePixelColors of ExtractPixels out.") : found;
    }

    private (RowSet Rows, InputScale? Scale) Read(IDataView input, DataViewSchema.Column column, IReadOnlyList<int> shape)
    {
        bool isPicture = shape.Count == 3;
        if (isPicture && _options.Standardize)
        {
            throw new ArgumentException("Pictures are not standardised: their pixels lie in [0, 1]. Say White for pixels of another range.");
        }

        if (((VectorDataViewType)column.Type).ItemType == NumberDataViewType.Byte)
        {
            if (!isPicture)
            {
                throw new ArgumentException(
                    $"The column '{column.Name}' holds bytes, which are pixels; give their Shape, or convert them to Single by ConvertType.");
            }

            return (Require(RowSetReader.ReadBytes(input, column, shape, _options.CancellationToken), 0, column.Name), null);
        }

        RowSetReader read = RowSetReader.Read(input, column, _options.CancellationToken);
        if (read.LeftOut > 0)
        {
            _log.Warn($"{read.LeftOut:N0} rows of '{column.Name}' hold a number that is not finite and are left out of the training.");
        }

        InputScale? scale = null;
        if (isPicture)
        {
            float white = _options.White;
            if (read.Count > 0 && (read.Least < -Room * white || read.Most > (1 + Room) * white))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The pixels of '{column.Name}' lie between {read.Least} and {read.Most}, expected 0 to {white}: scale them by ExtractPixels(scaleImage: 1f / 255), or set White to {(read.Most > 1 ? 255 : 1)}."));
            }

            scale = white == 1 ? null : new InputScale(new float[RowShapes.SizeOf(shape)], [.. Enumerable.Repeat(white, RowShapes.SizeOf(shape))]);
        }
        else if (_options.Standardize && read.Count > 0)
        {
            (float[] means, float[] deviations) = read.Moments();
            // A number that is the same in all rows says nothing, and stays 0.
            scale = new InputScale(means, [.. deviations.Zip(means, (d, mean) => d > 1e-6f * Math.Abs(mean) ? d : 1)]);
        }

        return (Require(read.ToRowSet(shape, scale?.Offset, scale?.Factors), read.LeftOut, column.Name), scale);
    }

    private static RowSet Require(RowSet rows, long leftOut, string column) => rows.Count > 1 ? rows
        : throw new InvalidOperationException($"'{column}' has {rows.Count:N0} rows to learn from ({leftOut:N0} hold a number that is not finite), expected 2 at least.");

    private void Train(Autoencoder network, RowSet rows, TrainingOptions usual)
    {
        TrainingOptions options = _options.Apply(usual);
        List<ITrainingCallback> callbacks = [new Listener(_log, _options.Progress)];
        using BestWeights best = new();
        RowSet train = rows;
        RowSet? validation = null;
        if (_options.Patience is { } patience)
        {
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            new Random(_options.Seed).Shuffle(order);
            int heldBack = Math.Clamp((int)Math.Round(_options.ValidationShare * rows.Count), 1, rows.Count - 1);
            (train, validation) = (rows.Choose(order[heldBack..]), rows.Choose(order[..heldBack]));
            callbacks.AddRange([best, new EarlyStopping(patience)]);
        }

        new AutoencoderTrainer(options).Fit(network, train, validation, callbacks, _options.CancellationToken);
    }

    private sealed class Listener(ContextLog log, IProgress<TrainingProgress>? progress) : ITrainingCallback
    {
        public void OnBatchCompleted(in TrainingProgress step) => progress?.Report(step);

        public void OnEpochCompleted(EpochResult epoch) => log.Info(FormattableString.Invariant(
            $"Epoch {epoch.Epoch}: loss {epoch.TrainLoss:G5}{(epoch.ValidationLoss is { } loss ? FormattableString.Invariant($", of rows held back {loss:G5}") : "")}."));
    }
}

/// <summary>How a column's numbers become those that a network is trained on: less an offset, times a scale.</summary>
/// <param name="Offset">Taken from each number of a row.</param>
/// <param name="Unit">What each number is divided by then, above 0.</param>
internal sealed record InputScale(float[] Offset, float[] Unit)
{
    /// <summary>The reciprocals of the units.</summary>
    public float[] Factors { get; } = [.. Unit.Select(unit => 1 / unit)];
}
