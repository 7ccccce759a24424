using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

/// <summary>A run folder with the exported files of a network that was never trained, and its data beside it.</summary>
internal static class UntrainedRun
{
    public static void Write(TemporaryFolder folder, string id)
    {
        SyntheticDataSet.Write(folder["data"], train: 10, test: 40);
        var images = ImageSet.Load(folder["data/t10k-images-idx3-ubyte"]);
        Architecture architecture = ModelCatalog.Get(id);
        using Autoencoder model = architecture.Create(seed: 1);
        using var run = RunFolder.Create(folder["run"]);
        AutoencoderExport.Write(model, architecture.Name, run.WorkingPath);
        run.Commit(new RunRecord
        {
            Model = RunModel.Describe(architecture, model),
            Data = RunData.Describe(folder["data"], images, images),
            Training = TrainingOptions.For(architecture),
        });
    }
}
