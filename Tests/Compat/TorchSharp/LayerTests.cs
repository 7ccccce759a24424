using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

/// <summary>Layers that have no record, held to others that have one or to what defines them.</summary>
[TestClass]
public class LayerTests
{
    [TestMethod]
    public void AConvolutionOfSequences_IsOneOfImagesOfOneRow()
    {
        using var scope = NewDisposeScope();
        using var row = Conv1d(2, 3, 3, stride: 2, padding: 1, dilation: 2);
        using var image = Conv2d(2, 3, (1, 3), (1, 2), (0, 1), (1, 2));
        Share(row.state_dict(), image.state_dict());
        var input = rand(2, 2, 9);

        AreEqual(image.call(input.unsqueeze(2)).squeeze(2), row.call(input));
    }

    [TestMethod]
    public void ATransposedConvolutionOfSequences_IsOneOfImagesOfOneRow()
    {
        using var scope = NewDisposeScope();
        using var row = ConvTranspose1d(2, 3, 3, stride: 2, padding: 1);
        using var image = ConvTranspose2d(2, 3, (1, 3), (1, 2), (0, 1));
        Share(row.state_dict(), image.state_dict());
        var input = rand(2, 2, 5);

        AreEqual(image.call(input.unsqueeze(2)).squeeze(2), row.call(input));
    }

    [TestMethod]
    public void UpsamplingByTheNearestNumber_HasNoCornersToAlign()
    {
        using var scope = NewDisposeScope();
        using var module = Upsample(scale_factor: [2], mode: UpsampleMode.Nearest, align_corners: false);
        Assert.ThrowsExactly<ExternalException>(() => module.call(rand(1, 1, 4)));
    }

    [TestMethod]
    [DataRow(PaddingModes.Constant, 0f, 0f)]
    [DataRow(PaddingModes.Reflect, 2f, 3f)]
    [DataRow(PaddingModes.Replicate, 1f, 4f)]
    [DataRow(PaddingModes.Circular, 4f, 1f)]
    public void AConvolution_SeesItsPaddingMode(PaddingModes mode, float before, float after)
    {
        using var scope = NewDisposeScope();
        using var identity = Conv1d(1, 1, 1, padding: 1, padding_mode: mode, bias: false);
        using var _ = no_grad();
        identity.weight.fill_(1);

        float[] output = TorchGolden.Floats(identity.call(tensor(new[] { 1f, 2, 3, 4 }, [1, 1, 4])));

        CollectionAssert.AreEqual(new[] { before, 1, 2, 3, 4, after }, output);
    }

    [TestMethod]
    public void PoolsOfSequences_TakeTheirWindows()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new[] { 1f, 5, 2, 4, 3, 9 }, [1, 1, 6]);

        CollectionAssert.AreEqual(new[] { 5f, 4, 9 }, TorchGolden.Floats(MaxPool1d(2).call(input)));
        CollectionAssert.AreEqual(new[] { 3f, 3, 6 }, TorchGolden.Floats(AvgPool1d(2).call(input)));
        CollectionAssert.AreEqual(new[] { 8f / 3, 16f / 3 }, TorchGolden.Floats(AdaptiveAvgPool1d(2).call(input)));
        CollectionAssert.AreEqual(new[] { 4f }, TorchGolden.Floats(AdaptiveAvgPool2d(1).call(input.reshape(1, 1, 2, 3))));
    }

    [TestMethod]
    public void GroupNormOfOneGroup_IsLayerNormOfTheSample()
    {
        using var scope = NewDisposeScope();
        using var group = GroupNorm(1, 3);
        using var layer = LayerNorm([3, 4], elementwise_affine: false);
        using var _ = no_grad();
        group.weight.fill_(1);
        group.bias!.fill_(0);
        var input = randn(2, 3, 4);

        AreEqual(layer.call(input), group.call(input));
    }

    [TestMethod]
    public void AnEmbedding_LooksItsRowsUp()
    {
        using var scope = NewDisposeScope();
        using var table = Embedding(5, 3);

        AreEqual(table.weight!.index_select(0, tensor(new[] { 4L, 0, 4 })), table.call(tensor(new[] { 4L, 0, 4 })));
    }

    [TestMethod]
    public void DropoutOfChannels_DropsWholeChannels()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var dropout = Dropout2d(0.5);

        float[] sums = TorchGolden.Floats(dropout.call(ones(4, 8, 3, 3)).sum([2, 3]).flatten());

        CollectionAssert.AreEquivalent(new[] { 0f, 18f }, sums.Distinct().ToArray());
        dropout.eval();
        AreEqual(ones(1, 2, 3, 3), dropout.call(ones(1, 2, 3, 3)));
    }

    private static void Share(Dictionary<string, Tensor> from, Dictionary<string, Tensor> to)
    {
        using var _ = no_grad();
        foreach (var (name, tensor) in to)
        {
            tensor.copy_(from[name].reshape(tensor.shape));
        }
    }

    private static void AreEqual(Tensor expected, Tensor actual)
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        TorchGolden.AreClose(TorchGolden.Floats(expected.flatten()), TorchGolden.Floats(actual.flatten()), "output");
    }
}
