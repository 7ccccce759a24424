using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ResultCacheTests
{
    private static readonly LibraryVersion[] Libraries = [new("libtorch", "2.10.0")];
    private static readonly LabelSlice Slice = new(0.01, 0, 1, [0], [1], 10);

    [TestMethod]
    public void AnOptionAnEncoderADataSetOrALibraryThatChangedVoidsAResult()
    {
        using var folder = new TemporaryFolder();
        Arm arm = new(new { Encoder = "abc", L2 = 1.0 });
        var outcome = new ArmOutcome(0.9, 1, 2, "hash", new Dictionary<string, double> { ["l2"] = 1 });
        new ResultCache(Data("1"), Libraries, folder.Path).Keep(arm, Slice, outcome);

        Assert.AreEqual(0.9, Find(Data("1"), new Arm(new { Encoder = "abc", L2 = 1.0 }), Slice)?.Accuracy);
        Assert.IsNull(Find(Data("1"), new Arm(new { Encoder = "abc", L2 = 2.0 }), Slice), "option");
        Assert.IsNull(Find(Data("1"), new Arm(new { Encoder = "xyz", L2 = 1.0 }), Slice), "encoder");
        Assert.IsNull(Find(Data("2"), arm, Slice), "data set");
        Assert.IsNull(Find(Data("1"), arm, Slice, [new LibraryVersion("libtorch", "2.11.0")]), "library");
        Assert.IsNull(Find(Data("1"), arm, Slice with { Seed = 2 }), "seed");

        ArmOutcome? Find(LabeledImages data, IArm of, LabelSlice slice, LibraryVersion[]? libraries = null)
            => new ResultCache(data, libraries ?? Libraries, folder.Path).Find(of, slice);
    }

    private static LabeledImages Data(string sha256)
    {
        var images = new RowSet(new byte[784], [1, 28, 28]);
        return new LabeledImages("same", "folder", "/", sha256, images, images);
    }

    private sealed class Arm(object settings) : IArm
    {
        public string Name => "arm";

        public ArmKind Kind => ArmKind.Frozen;

        public string Description => "";

        public object Settings => settings;

        public double ExpectedSeconds(LabelSlice slice) => 0;

        public FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IDataView OpenTest(MLContext ml) => throw new NotSupportedException();
    }
}
