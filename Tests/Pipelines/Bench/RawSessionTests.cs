using OnnxAE.Inference.Data;
using OnnxAE.Inference.Onnx;
using OnnxAE.Pipelines.Bench;
using OnnxAE.Tests.Inference;

namespace OnnxAE.Tests.Pipelines.Bench;

[TestClass]
public sealed class RawSessionTests
{
    [TestMethod]
    public void AModelWithWeightsInOtherFilesIsRefused()
    {
        using var folder = new TemporaryFolder();
        var data = new ScoringData(new ImageSet(new byte[8], 2, 2), rows: 2);
        ModelProto model = TinyOnnx.Dense(4, 3);
        using (new RawSession(data, model.Save(folder), batch: 2, threads: 1, concurrent: 1))
        {
        }

        model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        string path = model.Save(folder);
        Assert.Contains("in another file", Assert.ThrowsExactly<InvalidDataException>(() => new RawSession(data, path, batch: 2, threads: 1, concurrent: 1)).Message);
    }
}
