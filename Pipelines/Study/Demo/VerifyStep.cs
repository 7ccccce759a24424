using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Runs every test image through every exported graph and compares with TorchSharp; ends the demo if one differs.</summary>
internal sealed class VerifyStep(DemoSession session)
{
    /// <summary>Compares.</summary>
    /// <exception cref="InvalidDataException">A graph differs by more than it may.</exception>
    public VerificationReport Run(TrainedModel trained, ImageSet test)
    {
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(trained.Model, session.Folder, test, session.CancellationToken);
        report.ThrowIfFailed();
        return report;
    }
}
