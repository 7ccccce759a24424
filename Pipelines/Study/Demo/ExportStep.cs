using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Writes the trained network into the run: three ONNX files and TorchSharp's weights.</summary>
internal sealed class ExportStep(DemoSession session)
{
    /// <summary>Writes the files; returns the size of the ONNX files together, in bytes.</summary>
    public long Run(TrainedModel trained)
    {
        AutoencoderExport.Write(trained.Model, trained.Architecture.Name, session.Folder);
        trained.Model.save(session.PathOf(RunFolder.WeightsFile));
        return Directory.EnumerateFiles(session.Folder, "*.onnx").Sum(file => new FileInfo(file).Length);
    }
}
