using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RandomStackTests
{
    private const int Stacks = 600;

    [TestMethod]
    public void RandomNetworksComputeTheSameAsGraphsOfRandomOpsets()
    {
        for (int seed = 0; seed < Stacks; seed++)
        {
            TorchSharp.torch.manual_seed(seed); // of the first weights
            var stack = new RandomStack(seed);
            using (stack.Module)
            {
                var options = new OnnxExportOptions
                {
                    Opset = OnnxVersions.OldestOpset + (seed % (OnnxVersions.NewestOpset - OnnxVersions.OldestOpset + 1)),
                    FoldBatchNorm = seed % 5 != 0,
                };
                Exported.AssertEqual(stack.Module, stack.InputShape, options, $"seed {seed}, opset {options.Opset}, {stack}");
            }
        }
    }
}
