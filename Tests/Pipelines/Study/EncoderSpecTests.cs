using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EncoderSpecTests
{
    [TestMethod]
    [DataRow("runs/a", null, "runs/a", null)]
    [DataRow("mnist=runs/a", "mnist", "runs/a", null)]
    [DataRow("conv-contrastive-256:map", null, "conv-contrastive-256", "Map")]
    [DataRow("mnist=runs/a:CODE", "mnist", "runs/a", "Code")]
    [DataRow("a=b/run:1", null, "a=b/run:1", null)]
    public void DataSetAndLayerAreToldFromThePath(string text, string? dataSet, string target, string? layer) =>
        Assert.AreEqual(new EncoderSpec(dataSet, target, layer is null ? null : Enum.Parse<FeatureLayer>(layer)), EncoderSpec.Parse(text, ["mnist", "fashion-mnist"]));

    [TestMethod]
    public void NothingIsNoEncoder() => Assert.ThrowsExactly<UsageException>(() => EncoderSpec.Parse("mnist=:map", ["mnist"]));
}
