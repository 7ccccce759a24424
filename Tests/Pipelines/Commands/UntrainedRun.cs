using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

/// <summary>A run folder with the weights and the exported files of a network that was never trained, and its data beside it.</summary>
internal static class UntrainedRun
{
    /// <summary>Writes the run and, where no other data set is named, the data: 40 test images.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="id">The network.</param>
    /// <param name="run">The run folder's place.</param>
    /// <param name="dataSet">A known data set whose files lie in a folder of this name.</param>
    /// <param name="others">Files that the run has too.</param>
    public static void Write(TemporaryFolder folder, string id, string run = "run", string? dataSet = null, params string[] others)
    {
        string data = dataSet is null ? SyntheticDataSet.Write(folder["data"], train: 10, test: 40) : folder[dataSet];
        var images = RowSet.Load(Path.Combine(data, "t10k-images-idx3-ubyte"));
        Architecture architecture = ModelCatalog.Get(id);
        using Autoencoder model = architecture.Create(seed: 1);
        using var written = RunFolder.Create(folder[run]);
        AutoencoderExport.Write(model, architecture.Name, written.WorkingPath);
        model.save(written.PathOf(RunFolder.WeightsFile));
        Array.ForEach(others, file => File.WriteAllText(written.PathOf(file), "of an earlier day"));
        written.Commit(new RunRecord
        {
            Model = RunModel.Describe(architecture, model),
            Data = RunData.Describe(dataSet ?? data, images, images),
            Training = TrainingOptions.For(architecture),
        });
    }
}
