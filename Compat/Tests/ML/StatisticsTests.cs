using Microsoft.ML;
using OnnxAE.Tests.Compat.ML;

namespace OnnxAE.Tests.Compat.StandIns.ML;

/// <summary>The original reads a model's training statistics and refuses made-up ones; the stand-in keeps the bytes as they came.</summary>
[TestClass]
public class StatisticsTests
{
    [TestMethod]
    public void StatisticsThatAModelCameWithAreSavedAgain()
    {
        const string entry = "TransformerChain/Transform_001/Model/ModelStats/Model.key";
        var context = new MLContext(seed: 1);
        IDataView train = GoldenData.LoadTrain(context);
        ITransformer model = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(train);
        Dictionary<string, byte[]> entries = Archive.Save(context, model, train.Schema);
        entries[entry] = [1, 2, 3];
        Dictionary<string, byte[]> again = Archive.Save(context, Archive.Load(context, entries), train.Schema);

        Assert.AreSequenceEqual(entries[entry], again[entry]);
    }
}
