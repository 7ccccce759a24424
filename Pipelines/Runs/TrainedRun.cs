using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A run folder whose ONNX files are put to use through ML.NET; libtorch has no part in it.</summary>
internal sealed class TrainedRun
{
    private const string Output = "Output";

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder;
    private readonly CancellationToken _cancellationToken;

    private TrainedRun(string folder, RunRecord record, CancellationToken cancellationToken)
    {
        _folder = folder;
        _cancellationToken = cancellationToken;
        Record = record;
    }

    /// <summary>What the run was.</summary>
    public RunRecord Record { get; }

    /// <summary>What a row is: [channels, height, width].</summary>
    public IReadOnlyList<int> Shape => Record.Model.InputShape;

    /// <summary>Numbers a code.</summary>
    public int CodeSize => Record.Model.CodeSize;

    /// <summary>Whether codes were trained to be distributed as N(0, 1).</summary>
    public bool IsVariational => File.Exists(PathOf(OnnxNames.SamplerFile));

    /// <summary>Opens a run.</summary>
    /// <exception cref="FileNotFoundException">The folder is no run.</exception>
    /// <exception cref="UsageException">Its rows are no pictures.</exception>
    public static TrainedRun Open(string folder, CancellationToken cancellationToken)
    {
        RunRecord record = RunRecord.Load(folder);
        return record.Model.InputShape is [1 or 3, _, _]
            ? new TrainedRun(folder, record, cancellationToken)
            : throw new UsageException($"The network of '{folder}' takes rows of {RowShapes.Say(record.Model.InputShape)}; only grey and colour pictures can be shown.");
    }

    /// <summary>Codes to pictures, pixels about [0, 1].</summary>
    /// <exception cref="UsageException">The run has no decoder, or a code has another length.</exception>
    public IReadOnlyList<float[]> Decode(IReadOnlyList<float[]> codes)
    {
        if (codes.FirstOrDefault(code => code.Length != CodeSize) is { } wrong)
        {
            throw new UsageException($"A code of {wrong.Length} {(wrong.Length == 1 ? "number" : "numbers")} was given; the codes of '{_folder}' have {CodeSize}.");
        }

        return Apply(_ml.Transforms.ApplyOnnxDecoder(Output, nameof(CodeRow.Code), Require(OnnxNames.DecoderFile)), CodeRow.View(_ml, codes));
    }

    /// <summary>Pictures to codes.</summary>
    public IReadOnlyList<float[]> Encode(RowSet images) => Apply(images, OnnxNames.EncoderFile);

    /// <summary>Pictures to the map.</summary>
    public IReadOnlyList<float[]> EncodeFeatures(RowSet images) => Apply(images, OnnxNames.FeaturesFile);

    /// <summary>Rows to their two leading principal components, by ML.NET's transform.</summary>
    public IReadOnlyList<float[]> ProjectToPlane(IReadOnlyList<float[]> rows) =>
        Apply(_ml.Transforms.ProjectToPrincipalComponents(Output, nameof(CodeRow.Code), rank: 2), CodeRow.View(_ml, rows));

    private List<float[]> Apply(RowSet images, string file)
    {
        if (images.Size != Record.Model.InputSize)
        {
            throw new UsageException($"The images have {RowShapes.Say(images.Shape)}, the network of '{_folder}' takes {RowShapes.Say(Shape)}.");
        }

        return Apply(_ml.Transforms.ApplyOnnxEncoder(Output, "Pixels", Require(file)), _ml.Data.LoadFromRows(images));
    }

    private List<float[]> Apply<TTransformer>(IEstimator<TTransformer> estimator, IDataView view)
        where TTransformer : class, ITransformer
    {
        var rows = new List<float[]>();
        TTransformer transformer = estimator.Fit(view);
        using (transformer as IDisposable)
        {
            VectorColumn.ForEach(transformer.Transform(view), Output, (_, values) => rows.Add(values.ToArray()), _cancellationToken);
        }

        return rows;
    }

    private string Require(string file)
    {
        string path = PathOf(file);
        return File.Exists(path)
            ? path
            : throw new UsageException($"The run '{_folder}' has no {file}: its network ({Record.Model.Architecture}) has no such part, or it was not exported.");
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}

/// <summary>A code as a row of an ML.NET view.</summary>
internal sealed class CodeRow
{
    /// <summary>The code's numbers.</summary>
    public float[] Code { get; set; } = [];

    /// <summary>A view of codes of one length.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="codes">At least one.</param>
    /// <param name="column">What the column is called.</param>
    public static IDataView View(MLContext ml, IReadOnlyList<float[]> codes, string column = nameof(Code))
    {
        var schema = SchemaDefinition.Create(typeof(CodeRow));
        schema[nameof(Code)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, codes[0].Length);
        schema[nameof(Code)].ColumnName = column;
        return ml.Data.LoadFromEnumerable(codes.Select(code => new CodeRow { Code = code }), schema);
    }
}
