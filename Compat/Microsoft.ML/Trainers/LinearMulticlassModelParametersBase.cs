using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>, IMulticlassScorer
{
    private const string LabelNamesEntry = "LabelNames";
    private const string StatisticsFolder = "ModelStats";

    private readonly float[] _biases;
    private readonly VBuffer<float>[] _weights;
    private readonly string[] _labelNames;
    private readonly IReadOnlyDictionary<string, byte[]> _statistics = new Dictionary<string, byte[]>(); // as they were stored: nothing here reads them

    /// <param name="parameters">The biases [K], then one weight vector a class [K, D].</param>
    /// <param name="classCount">K.</param>
    /// <param name="featureCount">D.</param>
    /// <param name="labelNames">The names of the classes, or null.</param>
    private protected LinearMulticlassModelParametersBase(float[] parameters, int classCount, int featureCount, string[] labelNames)
    {
        NumberOfFeatures = featureCount;
        _biases = parameters[..classCount];
        _weights = new VBuffer<float>[classCount];
        for (int c = 0; c < classCount; c++)
            _weights[c] = new VBuffer<float>(featureCount, parameters.AsSpan(classCount + c * featureCount, featureCount).ToArray());
        _labelNames = labelNames;
    }

    private protected LinearMulticlassModelParametersBase(ModelLoadContext ctx)
    {
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == sizeof(float));
        NumberOfFeatures = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(NumberOfFeatures >= 1);
        int classCount = ctx.ReadCount(sizeof(float));
        Contracts.CheckDecode(classCount >= 1);
        _biases = ctx.ReadValues<float>(classCount);
        _weights = WeightMatrix.Load(ctx, classCount, NumberOfFeatures);
        _labelNames = LoadLabelNames(ctx, classCount);
        _statistics = ctx.Repository.ReadFolder(ModelPath.Combine(ctx.Directory, StatisticsFolder));
    }

    internal int NumberOfFeatures { get; }

    internal int NumberOfClasses => _biases.Length;

    int IMulticlassScorer.FeatureCount => NumberOfFeatures;

    int IMulticlassScorer.ClassCount => NumberOfClasses;

    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = NumberOfClasses;
        if (weights is null || weights.Length < numClasses)
            weights = new VBuffer<float>[numClasses];
        for (int c = 0; c < numClasses; c++)
            _weights[c].CopyTo(ref weights[c]);
    }

    public IEnumerable<float> GetBiases() => _biases;

    /// <summary>The biases, then the weights, in one vector: where a further training starts.</summary>
    internal float[] ToParameters() => [.. _biases, .. _weights.SelectMany(w => w.DenseValues())];

    void IMulticlassScorer.Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        for (int c = 0; c < scores.Length; c++)
            scores[c] = _biases[c] + Dot(in _weights[c], features);
        Calibrate(scores);
    }

    /// <summary>Turns the linear scores into what the model predicts, in place.</summary>
    private protected abstract void Calibrate(Span<float> scores);

    private protected abstract VersionInfo GetVersionInfo();

    private protected override void Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());
        ctx.Writer.Write(sizeof(float));
        ctx.Writer.Write(NumberOfFeatures);
        ctx.Writer.Write(NumberOfClasses);
        ctx.WriteValues<float>(_biases);
        WeightMatrix.Save(ctx, _weights);
        if (_labelNames is not null)
            ctx.SaveBinaryStream(LabelNamesEntry, writer => SaveLabelNames(ctx, writer));
        foreach (var (name, content) in _statistics)
            ctx.SaveBinaryStream(ModelPath.Combine(StatisticsFolder, name), writer => writer.Write(content));
    }

    private static float Dot(in VBuffer<float> weights, ReadOnlySpan<float> features)
    {
        ReadOnlySpan<float> values = weights.GetValues();
        if (weights.IsDense)
            return TensorPrimitives.Dot(values, features);
        ReadOnlySpan<int> indices = weights.GetIndices();
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += values[i] * features[indices[i]];
        return sum;
    }

    // The names are in an entry of their own, as numbers of strings in the model's string table.
    private static string[] LoadLabelNames(ModelLoadContext ctx, int classCount)
    {
        string[] names = null;
        ctx.TryLoadBinaryStream(LabelNamesEntry, reader =>
        {
            names = new string[classCount];
            for (int c = 0; c < classCount; c++)
                names[c] = ctx.GetString(reader.ReadInt32());
        });
        Contracts.CheckDecode(names is null || names.All(name => name.Length > 0));
        return names;
    }

    private void SaveLabelNames(ModelSaveContext ctx, BinaryWriter writer)
    {
        foreach (string name in _labelNames)
            writer.Write(ctx.GetStringId(name));
    }
}
