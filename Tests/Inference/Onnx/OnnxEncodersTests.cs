using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxEncodersTests
{
    private const double Tolerance = 1e-6; // the same nodes in the same order; fusions may differ

    [TestMethod]
    public void TheMeanOverMirrorImagesIsWhatTheEncoderMakesOfBoth()
    {
        using TemporaryFolder folder = new();
        string encoder = TinyOnnx.Dense(9, 4, "pixels", "code").OfPictures("1x3x3").Save(folder, "encoder.onnx");
        float[] rows = [.. Enumerable.Range(0, 45).Select(i => (i * 7 % 11) / 10f)];
        float[] mirrored = [.. Enumerable.Range(0, 45).Select(i => rows[(i / 3 * 3) + 2 - (i % 3)])];
        OnnxEncoders.MirrorAverage(encoder, folder["mean.onnx"]);

        byte[] mean = File.ReadAllBytes(folder["mean.onnx"]);
        AssertMean(mean, File.ReadAllBytes(encoder), rows, mirrored, 5, 9);
        GraphProto graph = ModelProto.Parser.ParseFrom(mean).Graph;
        Assert.AreEqual("pixels", graph.Input.Single().Name);
        Assert.AreEqual("code", graph.Output.Single().Name);
        Assert.AreEqual("float [N, 4]", OnnxModelInfo.Read(folder["mean.onnx"]).Outputs[0].Description);
        Assert.AreEqual(45 - 5 + 10, OnnxModelInfo.Read(folder["mean.onnx"]).Parameters); // 9 * 4 + 4 weights once, 9 places and a half
    }

    [TestMethod]
    public void PicturesWithChannelsAreMirroredAlongTheirWidth()
    {
        using TemporaryFolder folder = new();
        GraphProto graph = new()
        {
            Name = "flat",
            Input = { TinyOnnx.Value("x", true, 1, 2, 3) },
            Output = { TinyOnnx.Value("y", true, 6) },
            Node = { new NodeProto { OpType = "Flatten", Name = "flat", Input = { "x" }, Output = { "y" } } },
        };
        string encoder = TinyOnnx.Model(graph).Save(folder, "encoder.onnx");
        (float[] found, _) = OnnxRun.Run(OnnxEncoders.MirrorAverage(encoder), [1, 2, 3, 4, 5, 9], 1, 1, 2, 3);
        CollectionAssert.AreEqual(new float[] { 2, 2, 2, 6.5f, 5, 6.5f }, found);
    }

    [TestMethod]
    public void FeaturesOfSeveralEncodersStandSideBySide()
    {
        using TemporaryFolder folder = new();
        string[] files =
        [
            Described(TinyOnnx.Dense(5, 3, "pixels", "code", seed: 1), "A", 3).Save(folder, "1.onnx"),
            Described(TinyOnnx.Dense(5, 2, "pixels", "code", seed: 2), "B", 2).Save(folder, "2.onnx"),
            Described(TinyOnnx.Dense(5, 4, "x", "features", seed: 3), "A", 4).Save(folder, "3.onnx"),
        ];
        OnnxEncoders.Concatenate(files, folder["whole.onnx"]);

        float[] rows = [.. Enumerable.Range(0, 20).Select(i => i / 10f)];
        (float[] found, long[] shape) = OnnxRun.Run(File.ReadAllBytes(folder["whole.onnx"]), rows, 4, 5);
        CollectionAssert.AreEqual(new long[] { 4, 9 }, shape);
        float[][] parts = [.. files.Select(f => OnnxRun.Run(File.ReadAllBytes(f), rows, 4, 5).Values)];
        for (int row = 0; row < 4; row++)
        {
            float[] expected = [.. parts[0][(3 * row)..(3 * (row + 1))], .. parts[1][(2 * row)..(2 * (row + 1))], .. parts[2][(4 * row)..(4 * (row + 1))]];
            for (int i = 0; i < 9; i++)
            {
                Assert.AreEqual(expected[i], found[(9 * row) + i], Tolerance);
            }
        }

        OnnxModelInfo info = OnnxModelInfo.Read(folder["whole.onnx"]);
        Assert.AreEqual("pixels: float [N, 5]", info.Inputs.Single().ToString());
        Assert.AreEqual("code: float [N, 9]", info.Outputs.Single().ToString());
        Assert.AreEqual("9", info.Metadata["onnxae.code_size"]);
        Assert.AreEqual("A + B", info.Metadata["onnxae.architecture"]);
        Assert.AreEqual("Normalized_0_1", info.Metadata["Image.NominalPixelRange"]);
    }

    [TestMethod]
    public void AveragesStandSideBySideToo()
    {
        using TemporaryFolder folder = new();
        string[] files = [.. Enumerable.Range(1, 2).Select(seed =>
        {
            string encoder = TinyOnnx.Dense(4, 3, "pixels", "code", seed: seed).OfPictures("1x2x2").Save(folder, $"{seed}.onnx");
            OnnxEncoders.MirrorAverage(encoder, folder[$"{seed}m.onnx"]);
            return folder[$"{seed}m.onnx"];
        })];
        float[] rows = [0.1f, 0.9f, 0.4f, 0.3f];
        float[] expected = [.. files.SelectMany(f => OnnxRun.Run(File.ReadAllBytes(f), rows, 1, 4).Values)];
        float[] found = OnnxRun.Run(OnnxEncoders.Concatenate(files), rows, 1, 4).Values;
        for (int i = 0; i < 6; i++)
        {
            Assert.AreEqual(expected[i], found[i], Tolerance);
        }

        OnnxEncoders.Concatenate(files, folder["averages.onnx"]);
        OnnxEncoders.Concatenate([files[0], folder["2.onnx"]], folder["mixed.onnx"]);
        Assert.IsTrue(OnnxModelInfo.Read(folder["averages.onnx"]).Metadata.ContainsKey(OnnxEncoders.MirrorKey));
        Assert.IsFalse(OnnxModelInfo.Read(folder["mixed.onnx"]).Metadata.ContainsKey(OnnxEncoders.MirrorKey));
    }

    [TestMethod]
    public void TheEncoderTransformTakesThemLikeAny()
    {
        using TemporaryFolder folder = new();
        string encoder = TinyOnnx.Dense(Row.Size, 3, "pixels", "code").OfPictures($"1x1x{Row.Size}").Save(folder, "encoder.onnx"), mean = folder["mean.onnx"], whole = folder["whole.onnx"];
        OnnxEncoders.MirrorAverage(encoder, mean);
        OnnxEncoders.Concatenate([encoder, mean], whole);
        MLContext ml = new(seed: 1);
        IDataView rows = Row.View(ml, 9);
        float[][] Codes(string file) => [.. ml.Transforms.ApplyOnnxEncoder("Features", "Values", file).Fit(rows).Transform(rows).GetColumn<float[]>("Features")];

        foreach ((float[] both, (float[] one, float[] other)) in Codes(whole).Zip(Codes(encoder).Zip(Codes(mean))))
        {
            float[] expected = [.. one, .. other];
            Assert.HasCount(expected.Length, both);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], both[i], Tolerance);
            }
        }
    }

    [TestMethod]
    public void WhatIsNoEncoderOfPicturesIsRefused()
    {
        using TemporaryFolder folder = new();
        ModelProto twoOutputs = TinyOnnx.Dense(4, 3);
        twoOutputs.Graph.Output.Add(TinyOnnx.Value("sum", true, 3));
        ModelProto foreign = TinyOnnx.Dense(4, 3);
        foreign.Graph.Node[0].Domain = "com.foreign";
        StringAssert.Contains(MirrorRefusal(TinyOnnx.Dense(9, 3)), "9 pixels, and its metadata don't say of what width");
        StringAssert.Contains(MirrorRefusal(twoOutputs), "1 inputs and 2 outputs");
        StringAssert.Contains(MirrorRefusal(foreign), "'com.foreign'");
        StringAssert.Contains(MirrorRefusal(OnnxModelReader.Read(OnnxEncoders.MirrorAverage(TinyOnnx.Dense(4, 3).OfPictures("1x2x2").Save(folder, "once.onnx")), "once")), "already");

        string MirrorRefusal(ModelProto model) =>
            Assert.ThrowsExactly<InvalidDataException>(() => OnnxEncoders.MirrorAverage(model.Save(folder, "bad.onnx"))).Message;
    }

    [TestMethod]
    public void EncodersOfOtherPicturesDoNotStandSideBySide()
    {
        using TemporaryFolder folder = new();
        string first = Described(TinyOnnx.Dense(4, 3), "A", 3).Save(folder, "first.onnx");
        ModelProto bytes = Described(TinyOnnx.Dense(4, 3), "A", 3);
        bytes.MetadataProps[0].Value = "NominalRange_0_255";
        StringAssert.Contains(Refusal(TinyOnnx.Dense(5, 3)), "takes float [N, 4], but");
        StringAssert.Contains(Refusal(TinyOnnx.Dense(4, 3, isBatchOpen: false)), "expected the same type and shape");
        StringAssert.Contains(Refusal(bytes), "takes pixels as Normalized_0_1");
        Assert.ThrowsExactly<ArgumentException>(() => OnnxEncoders.Concatenate([first]));

        string Refusal(ModelProto other) =>
            Assert.ThrowsExactly<InvalidDataException>(() => OnnxEncoders.Concatenate([first, other.Save(folder, "other.onnx")])).Message;
    }

    private static void AssertMean(byte[] mean, byte[] encoder, float[] rows, float[] mirrored, params long[] shape)
    {
        float[] one = OnnxRun.Run(encoder, rows, shape).Values, other = OnnxRun.Run(encoder, mirrored, shape).Values, found = OnnxRun.Run(mean, rows, shape).Values;
        Assert.HasCount(one.Length, found);
        for (int i = 0; i < one.Length; i++)
        {
            Assert.AreEqual((one[i] + other[i]) / 2, found[i], Tolerance);
        }
    }

    private static ModelProto Described(ModelProto model, string architecture, int codeSize)
    {
        (string Key, string Value)[] entries = [("Image.NominalPixelRange", "Normalized_0_1"), ("onnxae.architecture", architecture), ("onnxae.code_size", $"{codeSize}")];
        model.MetadataProps.Add(entries.Select(e => new StringStringEntryProto { Key = e.Key, Value = e.Value }));
        return model;
    }
}
