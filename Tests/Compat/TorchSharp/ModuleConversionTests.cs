using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public sealed class ModuleConversionTests
{
    [TestMethod]
    public void ParametersAndBuffersAreConverted_CountersAreNot()
    {
        using var scope = NewDisposeScope();
        using var module = Sequential(("dense", Linear(4, 3)), ("norm", BatchNorm1d(3)), ("own", new Scaled()));
        module.eval();
        using Tensor input = rand(5, 4);
        float[] before = module.call(input).data<float>().ToArray();

        Assert.AreSame(module, module.to(ScalarType.Float64));
        Assert.IsTrue(module.state_dict().All(entry => entry.Value.dtype == (entry.Key == "norm.num_batches_tracked" ? ScalarType.Int64 : ScalarType.Float64)));
        Assert.AreEqual(ScalarType.Float64, module.call(input.to(ScalarType.Float64)).dtype);

        module.to(ScalarType.Float32);
        CollectionAssert.AreEqual(before, module.call(input).data<float>().ToArray());
    }

    [TestMethod]
    public void OnlyFloatingPointTypesAreTaken()
    {
        using var module = new Scaled();
        Assert.ThrowsExactly<ArgumentException>(() => module.to(ScalarType.Int64));
    }

    // A parameter in a field, as users write modules.
    private sealed class Scaled : Module<Tensor, Tensor>
    {
        private readonly Parameter factor = Parameter(full([3], 2.5f));

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * factor;
    }
}
