using OnnxAE.Inference.Data;

namespace OnnxAE.Pipelines.Demo;

/// <summary>What denoising leaves: figures, and pictures to show.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Damaged">The damaged test images.</param>
/// <param name="FirstDenoised">The first few of them, denoised, as grey values.</param>
internal sealed record DenoisedImages(DenoiseResult Result, ImageSet Damaged, IReadOnlyList<byte[]> FirstDenoised);
