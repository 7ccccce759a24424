using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class MLContext : IHostEnvironment
{
    private readonly Lock _lock = new();
    private readonly Random _random;

    private readonly int? _seed;

    public MLContext(int? seed = null)
    {
        _seed = seed;
        _random = seed is int value ? new Random(value) : new Random();
        Data = new DataOperationsCatalog(this);
        Model = new ModelOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
        MulticlassClassification = new MulticlassClassificationCatalog(this);
    }

    public DataOperationsCatalog Data { get; }

    public ModelOperationsCatalog Model { get; }

    public TransformsCatalog Transforms { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    int? IHostEnvironment.Seed => _seed;

    Random IHostEnvironment.CreateRandom(int? seed)
    {
        lock (_lock)
            return new Random(seed ?? _random.Next());
    }
}
