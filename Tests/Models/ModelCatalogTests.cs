using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Models;

[TestClass]
public sealed class ModelCatalogTests
{
    [TestMethod]
    [DataRow("S3.trivial1000", 1000, 1_569_784)] // 784*1000 + 1000 + 1000*784 + 784
    [DataRow("S3.dense30", 30, 2_601_814)] // 1,300,530 for the encoder, 1,301,284 for the decoder
    [DataRow("S3.denoise", 30, 2_601_814)]
    public void EveryRowHasTheParametersAndShapesOfItsSource(string id, int codeSize, long parameters)
    {
        using Autoencoder model = ModelCatalog.Get(id).Create(seed: 1);
        using Tensor pixels = zeros(2, 784);
        using Tensor code = model.Encoder.call(pixels);
        using Tensor rebuilt = model.call(pixels);

        Assert.AreEqual(parameters, ModuleWeights.Count(model));
        Assert.AreEqual((784, codeSize), (model.InputSize, model.CodeSize));
        CollectionAssert.AreEqual(new long[] { 2, codeSize }, code.shape);
        CollectionAssert.AreEqual(new long[] { 2, 784 }, rebuilt.shape);
    }

    [TestMethod]
    public void IdsAreUniqueAndFoundInAnyCase()
    {
        CollectionAssert.AllItemsAreUnique(ModelCatalog.All.Select(a => a.Id.ToUpperInvariant()).ToList());
        foreach (Architecture architecture in ModelCatalog.All)
            Assert.AreSame(architecture, ModelCatalog.Get(architecture.Id.ToLowerInvariant()));
    }

    [TestMethod]
    public void AnUnknownIdIsAnsweredWithTheKnownOnes()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("S9.none"));
        StringAssert.Contains(exception.Message, "'S9.none'");
        StringAssert.Contains(exception.Message, "S3.denoise");
    }

    [TestMethod]
    public void EveryRowsTrainingDefaultsAreUsable()
    {
        foreach (Architecture architecture in ModelCatalog.All)
            TrainingOptions.For(architecture).Validate();
        Assert.IsNotNull(TrainingOptions.For(ModelCatalog.Get("S3.denoise")).Corruption);
        Assert.IsNull(TrainingOptions.For(ModelCatalog.Get("S3.dense30")).Corruption);
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        Architecture architecture = ModelCatalog.Get("S3.dense30");
        using Autoencoder first = architecture.Create(seed: 5);
        using Autoencoder second = architecture.Create(seed: 5);
        using Autoencoder other = architecture.Create(seed: 6);

        Assert.AreEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(second));
        Assert.AreNotEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(other));
    }
}
