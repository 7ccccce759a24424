using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EncoderLoaderTests
{
    [TestMethod]
    public void AClassifiersRunAndFilesMadeOfItAreNoEncodersWithoutLabels()
    {
        using var folder = new TemporaryFolder();
        Architecture architecture = ModelCatalog.Get("mlp-100");
        using EncoderNetwork model = architecture.CreateNetwork(seed: 1);
        using (RunFolder run = RunFolder.Create(folder["run"]))
        {
            RunGraphs.Write(model, architecture.Name, run.WorkingPath);
            var images = new RowSet(new byte[784], [1, 28, 28]);
            run.Commit(new RunRecord
            {
                Model = RunModel.Describe(architecture, model),
                Data = RunData.Describe("some", images, images),
                Training = TrainingOptions.For(architecture),
            });
        }

        string file = folder["run/encoder.onnx"];
        OnnxEncoders.Concatenate([file, file], folder["twice.onnx"]);
        foreach (string target in new[] { folder["run"], file, folder["twice.onnx"] })
        {
            UsageException refusal = Assert.ThrowsExactly<UsageException>(() => EncoderLoader.Find(new EncoderSpec(null, target, null), DataSetDefaults.Usual));
            Assert.AreEqual($"--encoder '{target}' is mlp-100, a classifier, which has learned from labels; expected an encoder trained without any.", refusal.Message);
        }
    }

    [TestMethod]
    public void WhatIsNeitherARunNorAFileIsNotFound() => Assert.IsNull(EncoderLoader.Find(new EncoderSpec(null, "conv-contrastive-256", null), DataSetDefaults.Usual));
}
