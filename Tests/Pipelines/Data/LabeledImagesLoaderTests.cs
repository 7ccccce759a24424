using OnnxAE.Inference.DataSets;
using OnnxAE.Pipelines.Data;

namespace OnnxAE.Tests.Pipelines.Data;

[TestClass]
public sealed class LabeledImagesLoaderTests
{
    [TestMethod]
    [DataRow("train")]
    [DataRow("t10k")]
    public async Task ClassesAreThoseOfBothSets(string withTwelve)
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder.Path, train: 20, test: 10);
        string labels = folder[$"{withTwelve}-labels-idx1-ubyte"];
        byte[] bytes = File.ReadAllBytes(labels);
        bytes[^1] = 11;
        File.WriteAllBytes(labels, bytes);

        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(folder.Path, new Progress<DataSetProgress>(), CancellationToken.None);
        Assert.AreEqual(12, data.Train.ClassCount);
        Assert.AreEqual(12, data.Test.ClassCount);
    }
}
