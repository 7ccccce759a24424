using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The demo as a run: what <c>run.json</c> and the model card say of it.</summary>
internal static class DemoRecord
{
    /// <summary>Collects the record.</summary>
    public static RunRecord Create(
        TimeProvider time, LabeledImages data, TrainedModel trained, VerificationReport verification, DemoResult result, IReadOnlyList<LibraryVersion> libraries) => new()
        {
            Created = time.GetUtcNow(),
            Model = RunModel.Describe(trained.Architecture, trained.Model),
            Data = RunData.Describe(data.Name, data.Train, data.Test),
            Training = trained.Options,
            History = trained.History,
            Verification = verification,
            Libraries = libraries,
            Metrics = new Dictionary<string, double>
            {
                ["testLoss"] = result.TestLoss,
                ["denoise.psnrNoisy"] = result.Denoise.PsnrNoisy,
                ["denoise.psnrDenoised"] = result.Denoise.PsnrDenoised,
                ["classify.labels"] = result.Classify.Labels,
                ["classify.rawPixels"] = result.Classify.RawPixels,
                ["classify.frozenLinear"] = result.Classify.FrozenLinear,
                ["classify.frozen"] = result.Classify.Frozen,
                ["classify.scratch"] = result.Classify.Scratch,
            },
        };
}
