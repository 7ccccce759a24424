namespace OnnxAE.Pipelines.Demo;

/// <summary>What the denoiser takes away, over all test images.</summary>
/// <param name="Corruption">The noise put on the images.</param>
/// <param name="PsnrNoisy">Noised against clean, in dB.</param>
/// <param name="PsnrDenoised">Denoised against clean, in dB.</param>
internal sealed record DenoiseResult(string Corruption, double PsnrNoisy, double PsnrDenoised);
