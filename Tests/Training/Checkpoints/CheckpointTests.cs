using System.Buffers.Binary;
using System.Text;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CheckpointTests : IDisposable
{
    private static readonly RowSet Train = TinyData.Bars(40);
    private static readonly TrainingOptions Options = new() { Epochs = 1, BatchSize = 10, Optimizer = OptimizerKind.AdamW };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder["checkpoint"];

    [TestInitialize]
    public void Write()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        new AutoencoderTrainer(Options).Fit(model, Train, callbacks: [new PeriodicCheckpoints(File, CheckpointInterval.EverySteps(3))]);
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void OtherSettingsAreNamed()
    {
        AssertRefused("learning rate: 0.001 there, 0.5 here", Options with { LearningRate = 0.5 });
        AssertRefused("optimizer: AdamW there, Adam here", Options with { Optimizer = OptimizerKind.Adam });
        AssertRefused("corruption: none there, masking(0.5) here", Options with { Corruption = new MaskingNoise(0.5) });
        AssertRefused("training images: 40 of 1 x 4 x 4", Options, images: TinyData.Bars(40, seed: 3));
    }

    [TestMethod]
    public void AnotherNetworkIsRefused()
    {
        int[] widths = [TinyData.PixelCount, 12, TinyData.CodeSize];
        using var wider = new DenseAutoencoder([TinyData.PixelCount, 13, TinyData.CodeSize], Activation.ReLU, Activation.Linear, Activation.Linear);
        AssertRefused("is Float32 [12, 16] where this run has Float32 [13, 16]", Options, wider);
        using var bent = new DenseAutoencoder(widths, Activation.Tanh, Activation.Linear, Activation.Linear);
        AssertRefused("another setting, network: DenseAutoencoder", Options, bent);
    }

    [TestMethod]
    public void EveryCutAndEveryChangedByteIsFound()
    {
        byte[] whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            System.IO.File.WriteAllBytes(File, whole[..random.Next(whole.Length)]);
            AssertRefused("cannot be resumed", Options);

            byte[] changed = [.. whole];
            changed[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            System.IO.File.WriteAllBytes(File, changed);
            AssertRefused("cannot be resumed", Options);
        }
    }

    [TestMethod]
    [DataRow("\"shape\":[12,16]", "\"shape\":[12,9999999999999]")]
    [DataRow("\"shape\":[12,16]", "\"shape\":[-12,-16]")]
    [DataRow("\"shape\":[12,16]", "\"shape\":null")]
    [DataRow("\"dtype\":\"F32\"", "\"dtype\":\"F64\"")]
    [DataRow("\"__metadata__\"", "\"metadata\"")]
    public void LengthsThatLieAreNotBelieved(string part, string lie)
    {
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        string header = Encoding.UTF8.GetString(whole, 8, length);
        Assert.Contains(part, header);
        byte[] forged = Encoding.UTF8.GetBytes(header.Replace(part, lie, StringComparison.Ordinal));
        var count = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(count, forged.Length);
        System.IO.File.WriteAllBytes(File, [.. count, .. forged, .. whole.AsSpan(8 + length)]);

        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        AssertRefused("cannot be resumed", Options);
        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TestMethod]
    [DataRow("\"epochs\":[", "\"epochs\":[null,")]
    [DataRow("\"callbacks\":{", "\"callbacks\":{\"early-stopping\":null")]
    public void AStateWithHolesIsNone(string part, string hole)
    {
        using FileStream stream = System.IO.File.OpenRead(File);
        var (tensors, metadata) = SafeTensors.Read(stream);
        foreach (torch.Tensor tensor in tensors.Values)
        {
            tensor.Dispose();
        }

        string state = metadata["onnxae"];
        Assert.Contains(part, state);
        Assert.IsNotNull(CheckpointState.Parse(state));
        Assert.ThrowsExactly<InvalidDataException>(() => CheckpointState.Parse(state.Replace(part, hole, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void WhatACallbackRemembersIsNotForgotten()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var best = new BestWeights();
        new AutoencoderTrainer(Options).Fit(
            model, Train, callbacks: [best, new EarlyStopping(), new PeriodicCheckpoints(File, CheckpointInterval.EverySteps(3))]);
        AssertRefused("a run with best-weights and early-stopping, and this one goes on without", Options);
        AssertRefused("patience: 10 there, 3 here", Options, callbacks: [best, new EarlyStopping(3)]);
    }

    [TestMethod]
    public void WhatComparesEpochsDoesNotComeInLater()
    {
        using var best = new BestWeights();
        AssertRefused("a run without best-weights and early-stopping", Options, callbacks: [best, new EarlyStopping()]);

        using var log = new CsvLog(_folder["log.csv"]);
        using DenseAutoencoder model = TinyData.Autoencoder();
        Assert.HasCount(1, new AutoencoderTrainer(Options).Resume(File, model, Train, callbacks: [log]).Epochs);
    }

    [TestMethod]
    public void AHeaderOfNearlyTwoToThe63BytesIsNotAllocated()
    {
        byte[] whole = System.IO.File.ReadAllBytes(File);
        BinaryPrimitives.WriteInt64LittleEndian(whole, long.MaxValue - 8);
        System.IO.File.WriteAllBytes(File, whole);
        AssertRefused("claims 9223372036854775799 bytes", Options);
    }

    [TestMethod]
    public void ADiskThatIsFullLeavesTheEarlierCheckpoint()
    {
        byte[] before = System.IO.File.ReadAllBytes(File);
        Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(File, stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("No space left on device");
        }));

        CollectionAssert.AreEqual(before, System.IO.File.ReadAllBytes(File));
        Assert.HasCount(1, Directory.GetFiles(_folder.Path));
    }

    private void AssertRefused(string part, TrainingOptions options, EncoderNetwork? model = null, RowSet? images = null, ITrainingCallback[]? callbacks = null)
    {
        using DenseAutoencoder usual = TinyData.Autoencoder(seed: 5);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(
            () => new AutoencoderTrainer(options).Resume(File, model ?? usual, images ?? Train, callbacks: callbacks));
        StringAssert.Contains(exception.Message, part);
        StringAssert.Contains(exception.Message, File);
    }
}
