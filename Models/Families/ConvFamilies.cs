using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Families of convolutions, for pictures of any size and number of channels with pixels in [0, 1].</summary>
internal static class ConvFamilies
{
    private const int DensePixels = 4096; // up to here a dense decoder of 512 units has at most 2 million weights, and takes less time

    public static ModelFamily Conv { get; } = new("conv", "convolutions; compresses", NeedsPictures: true, DefaultCodeSize, CreateConv)
    {
        SmallestSide = ConvStages.SmallestSide,
        Members = [ConvolutionalNetworks.Conv2, ConvolutionalNetworks.Conv49],
    };

    public static ModelFamily ConvVae { get; } = new("conv-vae", "convolutions, variational; generates pictures", NeedsPictures: true, DefaultCodeSize, CreateVae)
    {
        SmallestSide = ConvStages.SmallestSide,
        Members = [VariationalNetworks.ConvVae2],
    };

    public static ModelFamily ConvDenoise { get; } = new(
        "conv-denoise",
        "convolutions trained to undo deformations",
        NeedsPictures: true,
        LabelCodeSize,
        (shape, code) => CreateForLabels("conv-denoise", shape, code, isContrastive: false))
    {
        SmallestSide = ConvStages.SmallestSide,
        Members = [Models.ConvDenoise.Code256, Models.ConvDenoise.Code512],
    };

    public static ModelFamily ConvContrastive { get; } = new(
        "conv-contrastive",
        "conv-denoise that also matches two views; best for few labels",
        NeedsPictures: true,
        LabelCodeSize,
        (shape, code) => CreateForLabels("conv-contrastive", shape, code, isContrastive: true))
    {
        SmallestSide = ConvStages.SmallestSide,
        Members = [Models.ConvContrastive.Code256, Models.ConvContrastive.Code512],
    };

    // Larger pictures show more: four times the pixels, twice the code.
    private static int DefaultCodeSize(IReadOnlyList<int> shape) => ((long)shape[1] * shape[2]) switch
    {
        <= 32 * 32 => 64,
        <= 64 * 64 => 128,
        _ => 256,
    };

    // As the fixed networks: 256 for small grey pictures such as digits, 512 for what shows more.
    private static int LabelCodeSize(IReadOnlyList<int> shape) => shape[0] == 1 && (long)shape[1] * shape[2] <= 32 * 32 ? 256 : 512;

    private static Architecture CreateConv(IReadOnlyList<int> shape, int code)
    {
        var stages = new ConvStages(shape);
        WeightLimit.Check("conv", shape, code, size => 2.0 * stages.MapSize * size);
        return Describe(
            $"{stages.EncoderLayers}-{code}-{stages.DecoderLayers}",
            new TrainingDefaults(Epochs: 10, BatchSize: BatchSize(shape, 128), Objective: "bce-logits", Schedule: LearningRateSchedule.OneCycle),
            () => new LayeredAutoencoder(
                stages.Encoder(), Linear(stages.MapSize, code), stages.Decoder(code), stages.InputSize, stages.MapSize, code));
    }

    private static Architecture CreateVae(IReadOnlyList<int> shape, int code)
    {
        var stages = new ConvStages(shape);
        WeightLimit.Check("conv-vae", shape, code, size => 3.0 * stages.MapSize * size);
        return Describe(
            $"{stages.EncoderLayers}-({code}, {code})-{stages.DecoderLayers}",
            new TrainingDefaults(
                Epochs: 10, BatchSize: BatchSize(shape, 128), Objective: $"bce-logits({stages.InputSize}) + kl", Schedule: LearningRateSchedule.OneCycle),
            () => new VariationalAutoencoder(stages.Encoder(), stages.Decoder(code), stages.InputSize, stages.MapSize, code)) with
        { Kind = ArchitectureKind.VariationalAutoencoder };
    }

    private static Architecture CreateForLabels(string family, IReadOnlyList<int> shape, int code, bool isContrastive)
    {
        var stages = new ConvStages(shape);
        bool isDense = stages.InputSize <= DensePixels;
        WeightLimit.Check(family, shape, code, size => (stages.MapSize + (isDense ? 512.0 : stages.MapSize)) * size);
        string decoder = isDense ? $"512-{stages.InputSize}" : stages.DecoderLayers;
        return Describe(
            $"{stages.EncoderLayers}-{code}-{decoder}",
            new TrainingDefaults(
                Epochs: 7,
                BatchSize: BatchSize(shape, 256),
                LearningRate: BatchSize(shape, 256) >= 128 ? 2e-3 : 1e-3, // smaller batches have noisier gradients
                Objective: isContrastive ? "bce-logits(10) + nt-xent(0.2)" : "bce-logits",
                Corruption: isContrastive ? PictureCorruption.Views(shape) : PictureCorruption.Deformation(shape),
                Schedule: LearningRateSchedule.OneCycle,
                Optimizer: OptimizerKind.AdamW,
                WeightDecay: 1e-4,
                WarmUp: isContrastive ? 0.15 : 0.3),
            () => new LayeredAutoencoder(
                stages.Encoder(),
                Models.ConvDenoise.Code(code, stages.MapSize),
                isDense ? Models.ConvDenoise.Decoder(code, stages.InputSize) : stages.Decoder(code),
                stages.InputSize,
                stages.MapSize,
                code,
                isContrastive ? Models.ConvContrastive.Projector(code) : null));
    }

    /// <summary>Pictures a step: as many as usual up to 64x64, then fewer by the memory that they take, but no fewer than 32: a contrastive
    /// loss needs others to tell a picture from, and a batch normalization needs a sample.</summary>
    internal static int BatchSize(IReadOnlyList<int> shape, int usual)
    {
        int size = usual;
        for (long pixels = (long)shape[1] * shape[2]; pixels > 64 * 64 && size > 32; pixels /= 2)
        {
            size /= 2;
        }

        return size;
    }

    private static Architecture Describe(string layers, TrainingDefaults training, Func<EncoderNetwork> factory) =>
        new(Name: "", Source: "OnnxAE", Description: "", DataSet: "", layers, training, factory);
}
