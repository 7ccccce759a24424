using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class PredictionEngineTests
{
    private static readonly MLContext Context = new(1);

    [TestMethod]
    public void EachExampleGivesAPredictionOfItsOwn()
    {
        using PredictionEngine<Input, Output> engine = Context.Model.CreatePredictionEngine<Input, Output>(new TransformerChain<ITransformer>());
        Output first = engine.Predict(new Input { Values = [1, 2, 3], Name = "first" });
        Output second = engine.Predict(new Input { Values = [4, 5, 6], Name = "second" });

        CollectionAssert.AreEqual(new[] { 1f, 2f, 3f }, first.Values);
        CollectionAssert.AreEqual(new[] { 4f, 5f, 6f }, second.Values);
        Assert.AreEqual("second", second.Name);
        Assert.AreEqual("Vector<Single, 3>", engine.OutputSchema["Values"].Type.ToString());
    }

    [TestMethod]
    public void APredictionCanBeFilledAgain()
    {
        using PredictionEngine<Input, Output> engine = Context.Model.CreatePredictionEngine<Input, Output>(new TransformerChain<ITransformer>());
        var output = new Output();
        Output same = output;
        engine.Predict(new Input { Values = [1, 2, 3] }, ref output);
        Assert.AreSame(same, output);
        Assert.AreEqual(3f, output.Values[2]);
    }

    [TestMethod]
    public void AMissingOutputColumnIsRefusedWhereItMustNotBeIgnored() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            Context.Model.CreatePredictionEngine<Input, Output>(new TransformerChain<ITransformer>(), ignoreMissingColumns: false));

    private sealed class Input
    {
        [VectorType(3)]
        public float[] Values = [];

        public string Name = "";
    }

    private sealed class Output
    {
        public float[] Values { get; set; } = [];

        public string Name { get; set; } = "";

        public float Score { get; set; }
    }
}
