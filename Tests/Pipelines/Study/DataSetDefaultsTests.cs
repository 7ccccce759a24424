using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DataSetDefaultsTests
{
    [TestMethod]
    public async Task ClothesAreThoseOfTheCatalogueAndNoFolderOfTheirName()
    {
        using var folder = new TemporaryFolder();
        var loader = new LabeledImagesLoader(SyntheticDataSet.Store(folder["store"]));
        DataSetDefaults clothes = await DefaultsAsync("fashion-mnist");
        Assert.AreEqual(("conv-contrastive-512", FeatureLayer.Map, true), (clothes.Encoder, clothes.Layer, clothes.Mirror));
        Assert.AreEqual(clothes, await DefaultsAsync("Fashion-MNIST"));
        Assert.AreEqual(DataSetDefaults.Usual, await DefaultsAsync("mnist"));
        Assert.AreEqual(DataSetDefaults.Usual, await DefaultsAsync(SyntheticDataSet.Write(folder["own/fashion-mnist"])));

        async Task<DataSetDefaults> DefaultsAsync(string data) =>
            DataSetDefaults.For(await loader.LoadAsync(data, new Progress<DataSetProgress>(), CancellationToken.None));
    }
}
