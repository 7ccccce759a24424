using Microsoft.ML;
using OnnxAE.Inference.Data;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.FewLabels;
using OnnxAE.Training;

namespace OnnxAE.Tests.Pipelines.FewLabels;

[TestClass]
public sealed class ResultCacheTests
{
    private static readonly Stack Libraries = new("system", [new StackComponent("libtorch", "1.13.1")]);
    private static readonly LabelSlice Slice = new(0.01, 0, 1, [0], [1], 10);

    [TestMethod]
    public void AnOptionAnEncoderADataSetOrAStackThatChangedVoidsAResult()
    {
        using var folder = new TemporaryFolder();
        Arm arm = new(new { Encoder = "abc", L2 = 1.0 });
        var outcome = new ArmOutcome(0.9, 1, 2, "hash", new Dictionary<string, double> { ["l2"] = 1 });
        new ResultCache(Data("1"), Libraries, folder.Path).Keep(arm, Slice, outcome);

        Assert.AreEqual(0.9, Find(Data("1"), Libraries, new Arm(new { Encoder = "abc", L2 = 1.0 }), Slice)?.Accuracy);
        Assert.IsNull(Find(Data("1"), Libraries, new Arm(new { Encoder = "abc", L2 = 2.0 }), Slice), "option");
        Assert.IsNull(Find(Data("1"), Libraries, new Arm(new { Encoder = "xyz", L2 = 1.0 }), Slice), "encoder");
        Assert.IsNull(Find(Data("2"), Libraries, arm, Slice), "data set");
        Assert.IsNull(Find(Data("1"), Libraries with { Name = "nuget" }, arm, Slice), "stack");
        Assert.IsNull(Find(Data("1"), Libraries with { Components = [new StackComponent("libtorch", "2.7.1")] }, arm, Slice), "library");
        Assert.IsNull(Find(Data("1"), Libraries, arm, Slice with { Seed = 2 }), "seed");

        ArmOutcome? Find(LabeledImages data, Stack stack, IArm arm, LabelSlice slice) => new ResultCache(data, stack, folder.Path).Find(arm, slice);
    }

    private static LabeledImages Data(string sha256)
    {
        var images = new ImageSet(new byte[784], 28, 28);
        return new LabeledImages("same", "folder", "/", sha256, images, images);
    }

    private sealed class Arm(object settings) : IArm
    {
        public string Name => "arm";

        public ArmKind Kind => ArmKind.Frozen;

        public string Description => "";

        public bool IsFrozen => true;

        public FeatureSet? Features => null;

        public bool NeedsNeighbors => false;

        public double PretrainingSeconds => 0;

        public object Settings => settings;

        public double ExpectedSeconds(LabelSlice slice) => 0;

        public string? WhyNot(LabelSlice slice) => null;

        public FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IDataView OpenTest(MLContext ml) => throw new NotSupportedException();
    }
}
