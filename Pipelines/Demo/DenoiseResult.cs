namespace OnnxAE.Pipelines.Demo;

/// <summary>What the denoiser undoes, over all test images.</summary>
/// <param name="Corruption">What was done to the images: what the network was trained to undo.</param>
/// <param name="PsnrNoisy">Damaged against clean, in dB.</param>
/// <param name="PsnrDenoised">Denoised against clean, in dB.</param>
internal sealed record DenoiseResult(string Corruption, double PsnrNoisy, double PsnrDenoised);
