using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Training.Export;

/// <summary>Every kind of module, with the settings that change what it computes, in operator sets between which ONNX changed.</summary>
[TestClass]
public sealed class ModuleExportTests
{
    private static readonly int[] Opsets = [13, 14, 17, 18, 20, 21];

    private static readonly (string Name, Func<Module<Tensor, Tensor>> Create, long[] Shape)[] Cases =
    [
        ("Linear", () => Linear(4, 3), [4]),
        ("Linear without bias", () => Linear(4, 3, hasBias: false), [4]),
        ("Linear on the last of several axes", () => Linear(4, 3), [2, 5, 4]),
        ("Linear without bias on the last of several axes", () => Linear(4, 3, hasBias: false), [5, 4]),
        ("Conv1d", () => Conv1d(2, 3, 3, stride: 2, padding: 1, dilation: 2), [2, 11]),
        ("Conv1d same", () => Conv1d(2, 3, 4, Padding.Same), [2, 9]),
        ("Conv1d circular", () => Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Circular), [2, 9]),
        ("Conv2d", () => Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2)), [2, 8, 7]),
        ("Conv2d in groups", () => Conv2d(4, 6, 3, groups: 2, bias: false), [4, 6, 6]),
        ("Conv2d depthwise", () => Conv2d(3, 6, 3, padding: 1, groups: 3), [3, 6, 6]),
        ("Conv2d valid", () => Conv2d(2, 3, 3, Padding.Valid), [2, 6, 5]),
        ("Conv2d same, even kernel", () => Conv2d(2, 3, (4, 3), Padding.Same, dilation: (1, 2)), [2, 8, 8]),
        ("Conv2d reflect", () => Conv2d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Reflect), [2, 6, 5]),
        ("Conv2d replicate", () => Conv2d(2, 3, (3, 5), padding: (1, 2), padding_mode: PaddingModes.Replicate), [2, 6, 5]),
        ("Conv2d circular", () => Conv2d(2, 3, (3, 5), padding: (1, 2), padding_mode: PaddingModes.Circular), [2, 6, 5]),
        ("Conv2d reflect, same, oblong kernel", () => Conv2d(2, 3, (5, 3), Padding.Same, padding_mode: PaddingModes.Reflect), [2, 8, 8]),
        ("ConvTranspose1d", () => ConvTranspose1d(2, 3, 3, stride: 2, padding: 1, output_padding: 1), [2, 7]),
        ("ConvTranspose2d", () => ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, output_padding: 1, groups: 2), [4, 5, 4]),
        ("ConvTranspose2d dilated", () => ConvTranspose2d(2, 3, (2, 3), dilation: (2, 1), bias: false), [2, 5, 4]),
        ("ConvTranspose2d, uneven output padding", () => ConvTranspose2d(2, 3, (3, 3), stride: (2, 2), output_padding: (1, 0)), [2, 5, 4]),
        ("MaxPool1d", () => MaxPool1d(3, stride: 2, padding: 1, dilation: 2), [2, 11]),
        ("MaxPool2d", () => MaxPool2d(2), [2, 7, 6]),
        ("MaxPool2d, partial windows", () => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true), [2, 8, 6]),
        ("MaxPool2d, partial dilated windows", () => MaxPool2d(2, stride: 3, dilation: 3, ceil_mode: true), [2, 9, 11]),
        ("AvgPool1d", () => AvgPool1d(3, stride: 2, padding: 1), [2, 9]),
        ("AvgPool1d, partial windows", () => AvgPool1d(3, stride: 2, padding: 1, ceil_mode: true), [2, 10]),
        ("AvgPool2d", () => AvgPool2d(2), [2, 6, 5]),
        ("AvgPool2d, padding not counted", () => AvgPool2d((3, 3), (2, 2), (1, 1), count_include_pad: false), [2, 6, 7]),
        ("AvgPool2d, partial windows, padding counted", () => AvgPool2d((3, 3), (2, 2), (1, 1), ceil_mode: true), [2, 6, 8]),
        ("AvgPool2d, partial windows, no padding", () => AvgPool2d((3, 2), (2, 3), ceil_mode: true), [2, 6, 9]),
        ("AvgPool2d, divisor", () => AvgPool2d((3, 3), (2, 2), (1, 1), ceil_mode: true, divisor_override: 5), [2, 6, 8]),
        ("AdaptiveAvgPool1d", () => AdaptiveAvgPool1d(4), [2, 10]),
        ("AdaptiveAvgPool2d to one", () => AdaptiveAvgPool2d([1, 1]), [2, 5, 6]),
        ("AdaptiveAvgPool2d, equal windows", () => AdaptiveAvgPool2d([3, 2]), [2, 6, 6]),
        ("AdaptiveAvgPool2d, windows of different lengths", () => AdaptiveAvgPool2d([3, 4]), [2, 7, 6]),
        ("AdaptiveAvgPool2d, larger than its input", () => AdaptiveAvgPool2d([7, 2]), [2, 5, 6]),
        ("Upsample nearest", () => Upsample(scale_factor: [2, 3]), [2, 3, 4]),
        ("Upsample nearest to a size", () => Upsample(size: [7, 5]), [2, 3, 4]),
        ("Upsample nearest by an odd factor", () => Upsample(scale_factor: [1.7, 2.3]), [2, 6, 5]),
        ("Upsample bilinear", () => Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false), [2, 3, 4]),
        ("Upsample bilinear, corners aligned", () => Upsample(size: [7, 9], mode: UpsampleMode.Bilinear, align_corners: true), [2, 3, 4]),
        ("Upsample bilinear by an odd factor", () => Upsample(scale_factor: [1.7, 2.3], mode: UpsampleMode.Bilinear, align_corners: false), [2, 6, 5]),
        ("Upsample bilinear to a size", () => Upsample(size: [7, 5], mode: UpsampleMode.Bilinear), [2, 3, 4]),
        ("Flatten", () => Flatten(), [2, 3, 4]),
        ("Flatten in the middle", () => Flatten(2, 3), [2, 3, 4, 5]),
        ("Unflatten", () => Unflatten(1, [2, -1, 3]), [12]),
        ("Identity", Identity, [3]),
        ("Dropout", () => Dropout(), [3]),
        ("Dropout2d", () => Dropout2d(), [2, 3, 3]),
        ("BatchNorm1d", () => BatchNorm1d(4), [4]),
        ("BatchNorm1d on sequences", () => BatchNorm1d(2), [2, 5]),
        ("BatchNorm2d", () => BatchNorm2d(3, eps: 0.1), [3, 4, 4]),
        ("BatchNorm2d without weights", () => BatchNorm2d(3, affine: false), [3, 4, 4]),
        ("LayerNorm", () => LayerNorm([3, 4], eps: 0.01), [2, 3, 4]),
        ("LayerNorm without weights", () => LayerNorm(4, elementwise_affine: false), [4]),
        ("GroupNorm", () => GroupNorm(2, 6, eps: 0.01), [6, 3, 3]),
        ("GroupNorm without weights", () => GroupNorm(3, 6, affine: false), [6, 4]),
        ("Embedding", () => Embedding(5, 3), []),
        ("CELU", () => CELU(0.7), [9]),
        ("ELU", () => ELU(0.7), [9]),
        ("GELU", () => GELU(), [9]),
        ("GELU by tanh", () => GELU(TorchSharp.Modules.GELU.Approximate.tanh), [9]),
        ("Hardsigmoid", () => Hardsigmoid(), [9]),
        ("Hardswish", () => Hardswish(), [9]),
        ("Hardtanh", () => Hardtanh(-0.5, 0.25), [9]),
        ("LeakyReLU", () => LeakyReLU(0.2), [9]),
        ("LogSigmoid", LogSigmoid, [9]),
        ("LogSoftmax", () => LogSoftmax(-2), [3, 4]),
        ("Mish", () => Mish(), [9]),
        ("PReLU", () => PReLU(1), [9]),
        ("PReLU a channel", () => PReLU(3), [3, 4, 4]),
        ("ReLU", () => ReLU(), [9]),
        ("ReLU6", () => ReLU6(), [9]),
        ("SELU", () => SELU(), [9]),
        ("Sigmoid", () => Sigmoid(), [9]),
        ("SiLU", () => SiLU(), [9]),
        ("Softmax", () => Softmax(1), [3, 4]),
        ("Softplus", () => Softplus(), [9]),
        ("Softplus with settings", () => Softplus(2, 1), [9]),
        ("Softsign", () => Softsign(), [9]),
        ("Tanh", () => Tanh(), [9]),
        ("Threshold", () => Threshold(0.3, -7), [9]),
        ("WinnerTakeAll", () => new WinnerTakeAll(0.5), [2, 3, 4]),
        ("Residual", () => new Residual(Linear(4, 4)), [4]),
        ("Residual with a shortcut", () => new Residual(Conv2d(2, 3, 3, padding: 1), Conv2d(2, 3, 1)), [2, 4, 4]),
        ("Sum", () => new Sum(Linear(4, 3), Linear(4, 3), Sequential(Linear(4, 3), ReLU())), [4]),
        ("Concat", () => new Concat(1, Identity(), Conv2d(2, 3, 3, padding: 1)), [2, 4, 4]),
        ("Concat along the last dimension", () => new Concat(-1, Linear(4, 3), Tanh()), [4]),
    ];

    public static IEnumerable<object[]> CaseNames => Cases.Select(c => new object[] { c.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void TheGraphComputesWhatTheModuleComputes(string name)
    {
        var (_, create, shape) = Cases.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = Exported.Shaken(create(), seed: 3);
        foreach (int opset in Opsets)
        {
            var options = new OnnxExportOptions { Opset = opset };
            if (module is Embedding)
            {
                AssertEmbedding(module, options);
            }
            else
            {
                Exported.AssertEqual(module, shape, options, $"{name}, opset {opset}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void TheVerifierPassesItWithEdgeInputs(string name)
    {
        var (_, create, shape) = Cases.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = Exported.Shaken(create(), seed: 3);
        using var folder = new TemporaryFolder();
        using Tensor rows = module is Embedding ? tensor(new long[] { 4, 0, 1, 1, 2, 3 }, [6]) : rand([64, .. shape]);
        OnnxExporter.Export(module, shape, folder["model.onnx"], new OnnxExportOptions { InputType = module is Embedding ? OnnxElementType.Index : OnnxElementType.Real });
        GraphVerification result = OnnxVerifier.Verify(module, folder["model.onnx"], rows);
        Assert.IsTrue(result.Passed, $"{result.Worst}");
    }

    [TestMethod]
    public void EveryKnownModuleIsAmongTheCases()
    {
        HashSet<Type> covered = [.. Cases.Select(c => c.Create().GetType())];
        Type[] elsewhere = [typeof(Sequential), typeof(Autoencoder), typeof(EncoderClassifier)]; // random stacks, golden files, verifier
        CollectionAssert.IsSubsetOf(OnnxModules.Default.Writers.Select(writer => writer.Type).Except(elsewhere).ToList(), covered.ToList());
    }

    private static void AssertEmbedding(Module<Tensor, Tensor> module, OnnxExportOptions options)
    {
        using Tensor indices = tensor(new long[] { 4, 0, 1, 1, 2, 3 }, [2, 3]);
        byte[] model = OnnxExporter.ToBytes(module, [3], options with { InputType = OnnxElementType.Index });
        Exported.AssertEqual(module, indices, model, $"Embedding, opset {options.Opset}");
    }
}
