using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// The layers of conv-denoise, trained to undo two deformations of every image and to tell that the two are of one image. The encoders of this library that classify best with few labels.
/// </summary>
internal static class ConvContrastive
{
    private const string ReferenceNote = "OnnxAE, after Chen et al., 2020: A Simple Framework for Contrastive Learning of Visual Representations";

    public static Architecture Code256 { get; } = new(
        Name: "conv-contrastive-256",
        Alias: "X.simdae256",
        Source: ReferenceNote,
        Description: "conv-denoise-256 with a contrastive loss on two views of every digit",
        DataSet: "mnist",
        Layers: "conv32(5)/2-conv64/2-conv128/2-256-512-784",
        InputShape: RowShape.Grey28,
        CodeSize: 256,
        Training: Training("affine(18, 0.2, 0.25, 0.18, 0.15) + elastic(0.14, 5) + stroke(0.3, 0.3) + cutout(0.5, 3, 8)"),
        Factory: () => Create(256));

    public static Architecture Code512 { get; } = new(
        Name: "conv-contrastive-512",
        Alias: "X.simdae512",
        Source: ReferenceNote,
        Description: "conv-denoise-512 with a contrastive loss on two views of every piece",
        DataSet: "fashion-mnist",
        Layers: "conv32(5)/2-conv64/2-conv128/2-512-512-784",
        InputShape: RowShape.Grey28,
        CodeSize: 512,
        Training: Training("mirror(0.5) + affine(6, 0.1, 0.08, 0.12, 0.1) + elastic(0.04, 5) + gamma(0.5) + gain(0.5, 1.15) + cutout(1, 3, 11)"),
        Factory: () => Create(512));

    // The error is a mean over both views: 10 makes it weigh half of 10 a view.
    private static TrainingDefaults Training(string corruption) => new(
        Epochs: 7,
        BatchSize: 256,
        LearningRate: 2e-3,
        Objective: "bce-logits(10) + nt-xent(0.2)",
        Corruption: corruption,
        Schedule: LearningRateSchedule.OneCycle,
        Optimizer: OptimizerKind.AdamW,
        WeightDecay: 1e-4,
        WarmUp: 0.15);

    private static LayeredAutoencoder Create(int codeSize) => new(
        ConvDenoise.Map(),
        ConvDenoise.Code(codeSize),
        ConvDenoise.Decoder(codeSize),
        inputSize: 784,
        ConvDenoise.MapSize,
        codeSize,
        Projector(codeSize));

    /// <summary>[N, <paramref name="codeSize"/>] -> [N, 256]: what the contrastive loss compares.</summary>
    public static Sequential Projector(int codeSize) => Sequential(
        ("dense1", Linear(codeSize, 512)), // [N, code] -> [N, 512]
        ("normalization", BatchNorm1d(512)),
        ("activation", ReLU()),
        ("dense2", Linear(512, 256))); // -> [N, 256]
}
