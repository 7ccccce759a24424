using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DoublePrecisionTests
{
    [TestMethod]
    public void TheNetworkIsAsBefore_WhetherItCanBeConvertedOrNot()
    {
        using var scope = NewDisposeScope();
        using var network = new Heads();
        using Tensor input = rand(2, 3);
        float[] before = network.call(input).data<float>().ToArray();

        double[]? found = DoublePrecision.Compute(network, inputs => network.call(inputs[0]), [input]);

        if (found is not null) // TorchSharp 0.107.0 can't convert a ModuleDict
        {
            CollectionAssert.AreEqual(before, found.Select(value => (float)value).ToArray(), Comparer<float>.Create((a, b) => Math.Abs(a - b) < 1e-6f ? 0 : a.CompareTo(b)));
        }

        CollectionAssert.AreEqual(before, network.call(input).data<float>().ToArray());
    }

    [TestMethod]
    public void NumbersOfAnotherPrecisionStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        using var network = new Scaled();
        Assert.IsNull(DoublePrecision.Compute(network, inputs => network.call(inputs[0]), [rand(2, 3)]));
        Assert.AreEqual(ScalarType.Float64, network.buffers().Single().dtype);
    }

    private sealed class Scaled : Module<Tensor, Tensor>
    {
        private readonly Linear body = Linear(3, 3);

        public Scaled()
            : base(nameof(Scaled))
        {
            RegisterComponents();
            register_buffer("factor", ones(1, dtype: ScalarType.Float64));
        }

        public override Tensor forward(Tensor input) => body.call(input);
    }

    private sealed class Heads : Module<Tensor, Tensor>
    {
        private readonly Linear body = Linear(3, 3);
        private readonly ModuleDict<Linear> heads = ModuleDict(("code", Linear(3, 2)));

        public Heads()
            : base(nameof(Heads)) => RegisterComponents();

        public override Tensor forward(Tensor input) => heads["code"].call(body.call(input));
    }
}
