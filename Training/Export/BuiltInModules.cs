using OnnxAE.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace OnnxAE.Training;

/// <summary>The modules that are known without being registered. A line here is a line of the table in docs/ONNX.md.</summary>
internal static class BuiltInModules
{
    /// <summary>Registers them all.</summary>
    public static OnnxModules AddTo(OnnxModules modules) => AddActivations(AddNormalizations(AddShapes(AddPoolings(AddLayers(AddCompositions(modules))))));

    private static OnnxModules AddCompositions(OnnxModules modules) => modules
        .Add<Sequential>("its modules'", "to any depth; a subclass only if it overrides nothing", StructureWriters.Sequential)
        .Add<Residual>("its modules' + Add", "", StructureWriters.Residual)
        .Add<Sum>("its branches' + Add", "", StructureWriters.Sum)
        .Add<Concat>("its branches' + Concat", "along any dimension but the batch", StructureWriters.Concat)
        .Add<WinnerTakeAll>("ArgMax + Equal + Mul", "the largest number of each map, as in evaluation", StructureWriters.WinnerTakeAll)
        .Add<Autoencoder>("its modules'", "every network of the catalogue; a variational one decodes its means", StructureWriters.Autoencoder)
        .Add<EncoderClassifier>("its modules'", "gives logits", StructureWriters.Classifier);

    private static OnnxModules AddLayers(OnnxModules modules) => modules
        .Add<Linear>("Gemm; MatMul + Add behind more than two dimensions", "", LayerWriters.Linear)
        .Add<Embedding>("Gather", "with InputType Index; max_norm has to be applied before", LayerWriters.Embedding)
        .Add<Conv1d>("Conv", "as Conv2d", LayerWriters.Convolution)
        .Add<Conv2d>("Conv", "padding in numbers, same and valid; other padding modes as Pad before it", LayerWriters.Convolution)
        .Add<ConvTranspose1d>("ConvTranspose", "", LayerWriters.Transposed)
        .Add<ConvTranspose2d>("ConvTranspose", "the first number of output_padding counts for all axes, as in TorchSharp", LayerWriters.Transposed)
        .Add<Upsample>("Resize; Gather", "nearest, linear, bilinear, bicubic; with align_corners or without", UpsampleWriters.Upsample);

    private static OnnxModules AddPoolings(OnnxModules modules) => modules
        .Add<MaxPool1d>("MaxPool", "as MaxPool2d", (module, graph, input) => PoolingWriters.Max(
            graph, input, new PoolingShape([module.kernel_size], One(module.stride), One(module.padding), One(module.dilation), module.ceil_mode)))
        .Add<MaxPool2d>("MaxPool", "ceil_mode as padding", (module, graph, input) => PoolingWriters.Max(
            graph, input, new PoolingShape(module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode)))
        .Add<AvgPool1d>("AveragePool", "as AvgPool2d", (module, graph, input) => PoolingWriters.Average(
            graph, input, new PoolingShape([module.kernel_size], One(module.stride), One(module.padding), null, module.ceil_mode), module.count_include_pad, null))
        .Add<AvgPool2d>("AveragePool", "ceil_mode as padding; divisor_override as Mul", (module, graph, input) => PoolingWriters.Average(
            graph, input, new PoolingShape(module.kernel_size, module.stride, module.padding, null, module.ceil_mode), module.count_include_pad, module.divisor_override))
        .Add<AdaptiveAvgPool1d>("AveragePool; Gather + ReduceSum", "the latter where windows differ in length", (module, graph, input) =>
            PoolingWriters.Adaptive(graph, input, [module.output_size], isMax: false))
        .Add<AdaptiveAvgPool2d>("AveragePool; Gather + ReduceSum", "the latter where windows differ in length", (module, graph, input) =>
            PoolingWriters.Adaptive(graph, input, module.output_size, isMax: false))
        .Add<AdaptiveMaxPool1d>("MaxPool; Gather + ReduceMax", "the latter where windows differ in length", (module, graph, input) =>
            PoolingWriters.Adaptive(graph, input, [module.output_size], isMax: true))
        .Add<AdaptiveMaxPool2d>("MaxPool; Gather + ReduceMax", "the latter where windows differ in length", (module, graph, input) =>
            PoolingWriters.Adaptive(graph, input, module.output_size, isMax: true));

    private static OnnxModules AddShapes(OnnxModules modules) => modules
        .Add<Flatten>("Flatten; Reshape", "any dimensions behind the batch", StructureWriters.Flatten)
        .Add<Unflatten>("Reshape", "any dimension behind the batch", StructureWriters.Unflatten)
        .Add<Identity>("none", "", (_, _, input) => StructureWriters.PassThrough(input))
        .Add<Dropout>("none", "with RemoveTrainingModules off: Dropout, which does nothing at inference", (_, graph, input) => StructureWriters.TrainingOnly(graph, input))
        .Add<Dropout1d>("none", "as Dropout", (_, graph, input) => StructureWriters.TrainingOnly(graph, input))
        .Add<Dropout2d>("none", "as Dropout", (_, graph, input) => StructureWriters.TrainingOnly(graph, input))
        .Add<AlphaDropout>("none", "as Dropout", (_, graph, input) => StructureWriters.TrainingOnly(graph, input))
        .Add<PixelShuffle>("DepthToSpace", "", StructureWriters.PixelShuffle)
        .Add<ConstantPad1d>("Pad", "negative numbers crop", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Constant))
        .Add<ConstantPad2d>("Pad", "negative numbers crop", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Constant))
        .Add<ZeroPad2d>("Pad", "", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Constant))
        .Add<ReflectionPad1d>("Pad", "", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Reflect))
        .Add<ReflectionPad2d>("Pad", "", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Reflect))
        .Add<ReplicationPad1d>("Pad", "", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Replicate))
        .Add<ReplicationPad2d>("Pad", "", (module, graph, input) => PaddingWriters.Module(module, graph, input, PaddingModes.Replicate));

    private static OnnxModules AddNormalizations(OnnxModules modules) => modules
        .Add<BatchNorm1d>("BatchNormalization; none", "folded into a layer right before it; needs running statistics", NormalizationWriters.Batch)
        .Add<BatchNorm2d>("BatchNormalization; none", "folded into a layer right before it; needs running statistics", NormalizationWriters.Batch)
        .Add<InstanceNorm1d>("InstanceNormalization", "with running statistics as BatchNorm1d", (module, graph, input) => NormalizationWriters.Instance(module, graph, input, rank: 3))
        .Add<InstanceNorm2d>("InstanceNormalization", "with running statistics as BatchNorm2d", (module, graph, input) => NormalizationWriters.Instance(module, graph, input, rank: 4))
        .Add<LayerNorm>("LayerNormalization", "below opset 17 put together from ReduceMean and arithmetic", NormalizationWriters.Layer)
        .Add<GroupNorm>("GroupNormalization", "below opset 21 put together from InstanceNormalization and arithmetic", (module, graph, input) =>
            NormalizationWriters.Group(graph, input, module.num_groups, module.eps, module.affine ? module.weight : null, module.affine ? module.bias : null));

    private static OnnxModules AddActivations(OnnxModules modules) => modules
        .Add<CELU>("Celu", "", (module, graph, input) => graph.Map("Celu", input, OnnxSetting.Of("alpha", module.alpha)))
        .Add<ELU>("Elu", "", (module, graph, input) => graph.Map("Elu", input, OnnxSetting.Of("alpha", module.alpha)))
        .Add<GELU>("Gelu", "exact and tanh; below opset 20 put together from Erf or Tanh and arithmetic", ActivationWriters.Gelu)
        .Add<GLU>("Slice + Sigmoid + Mul", "along any dimension but the batch", ActivationWriters.Glu)
        .Add<Hardshrink>("Abs + LessOrEqual + Where", "", (module, graph, input) =>
            graph.Where(graph.Compare("LessOrEqual", graph.Map("Abs", input), graph.Scalar(module.lambda)), graph.Scalar(0), input))
        .Add<Hardsigmoid>("HardSigmoid", "", (_, graph, input) => ActivationWriters.HardSigmoid(graph, input))
        .Add<Hardswish>("HardSwish", "below opset 14 HardSigmoid + Mul", (_, graph, input) => ActivationWriters.HardSwish(graph, input))
        .Add<Hardtanh>("Clip", "inplace: true alone, as TorchSharp computes nothing without", ActivationWriters.Hardtanh)
        .Add<LeakyReLU>("LeakyRelu", "", (module, graph, input) => graph.Map("LeakyRelu", input, OnnxSetting.Of("alpha", module.negative_slope)))
        .Add<LogSigmoid>("Neg + Softplus + Neg", "", (_, graph, input) => graph.Map("Neg", graph.Map("Softplus", graph.Map("Neg", input))))
        .Add<LogSoftmax>("LogSoftmax", "along any dimension but the batch", (module, graph, input) => ActivationWriters.AlongAxis("LogSoftmax", module.dim, graph, input))
        .Add<Mish>("Mish", "below opset 18 Softplus + Tanh + Mul", (_, graph, input) => ActivationWriters.Mish(graph, input))
        .Add<PReLU>("PRelu", "one slope, or one a channel", ActivationWriters.PRelu)
        .Add<ReLU>("Relu", "", (_, graph, input) => graph.Map("Relu", input))
        .Add<ReLU6>("Clip", "", (_, graph, input) => ActivationWriters.Clip(graph, input, 0, 6))
        .Add<RReLU>("LeakyRelu", "the mean of both slopes", (module, graph, input) =>
            graph.Map("LeakyRelu", input, OnnxSetting.Of("alpha", (module.lower + module.upper) / 2)))
        .Add<SELU>("Selu", "", (_, graph, input) => graph.Map("Selu", input))
        .Add<Sigmoid>("Sigmoid", "", (_, graph, input) => graph.Map("Sigmoid", input))
        .Add<SiLU>("Sigmoid + Mul", "", (_, graph, input) => graph.Multiply(input, graph.Map("Sigmoid", input)))
        .Add<Softmax>("Softmax", "along any dimension but the batch", (module, graph, input) => ActivationWriters.AlongAxis("Softmax", module.dim, graph, input))
        .Add<Softmax2d>("Softmax", "along the channels", (_, graph, input) => ActivationWriters.AlongAxis("Softmax", -3, graph, input))
        .Add<Softmin>("Neg + Softmax", "along any dimension but the batch", (module, graph, input) =>
            ActivationWriters.AlongAxis("Softmax", module.dim, graph, graph.Map("Neg", input)))
        .Add<Softplus>("Softplus", "beta and threshold as Mul, Div and Where", ActivationWriters.Softplus)
        .Add<Softshrink>("Shrink", "", (module, graph, input) =>
            graph.Map("Shrink", input, OnnxSetting.Of("bias", module.lambda), OnnxSetting.Of("lambd", module.lambda)))
        .Add<Softsign>("Softsign", "", (_, graph, input) => graph.Map("Softsign", input))
        .Add<Tanh>("Tanh", "", (_, graph, input) => graph.Map("Tanh", input))
        .Add<Tanhshrink>("Tanh + Sub", "", (_, graph, input) => graph.Subtract(input, graph.Map("Tanh", input)))
        .Add<Threshold>("LessOrEqual + Where", "", (module, graph, input) =>
            graph.Where(graph.Compare("LessOrEqual", input, graph.Scalar(module.threshold)), graph.Scalar(module.value), input));

    private static long[]? One(long? value) => value is { } number ? [number] : null;
}
