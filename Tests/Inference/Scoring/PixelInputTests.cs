using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PixelInputTests : ScoringTest
{
    [TestMethod]
    [DataRow("NominalRange_0_255", 0f, 255f)]
    [DataRow("Normalized_0_1", 0f, 1f)]
    [DataRow("Normalized_1_1", -1f, 1f)]
    [DataRow("NominalRange_16_235", 16f, 235f)]
    public void Bytes_are_brought_to_the_range_that_the_model_names(string range, float black, float white)
    {
        IDataView data = Pictures();
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", Copy(range).Save(Folder)).Fit(data);
        float[][] found = [.. transformer.Transform(data).GetColumn<float[]>("Code")];
        byte[][] bytes = [.. data.GetColumn<byte[]>("Pixels")];
        for (int i = 0; i < bytes.Length; i++)
        {
            for (int k = 0; k < bytes[i].Length; k++)
            {
                Assert.AreEqual(black + ((white - black) * bytes[i][k] / 255f), found[i][k], 1e-5f * white);
            }
        }

        Ml.Model.Save(transformer, data.Schema, Folder["model.zip"]);
        float[][] saved = [.. Ml.Model.Load(Folder["model.zip"], out _).Transform(data).GetColumn<float[]>("Code")];
        CollectionAssert.AreEqual(found[3], saved[3]); // the saved graph does it
    }

    [TestMethod]
    public void Bytes_and_numbers_of_the_same_picture_give_the_same()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        IDataView numbers = Ml.Data.LoadFromRows(new RowSet(pixels, [1, 8, 8]));
        IDataView bytes = Ml.Data.LoadFromEnumerable(pixels.Chunk(64).Select(p => new LongPicture { Pixels = p }));
        BatchedOnnxEstimator encoder = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", Copy("Normalized_0_1", 64).Save(Folder));
        using BatchedOnnxTransformer ofNumbers = encoder.Fit(numbers);
        using BatchedOnnxTransformer ofBytes = encoder.Fit(bytes);
        float[] expected = [.. ofNumbers.Transform(numbers).GetColumn<float[]>("Code").SelectMany(v => v)];
        CollectionAssert.AreEqual(expected, ofBytes.Transform(bytes).GetColumn<float[]>("Code").SelectMany(v => v).ToArray());
        CollectionAssert.AreEqual(pixels.Select(p => p / 255f).ToArray(), expected); // bit for bit
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ofNumbers.Transform(bytes));
    }

    [TestMethod]
    [DataRow("x", 0)] // [N, 2, 1, 3]
    [DataRow("x", 1)] // [N, 1, 3, 2]
    [DataRow("x", 2)] // [N, 6], the metadata name the shape
    public void Mean_and_deviation_of_each_channel_become_part_of_the_graph(string input, int layout)
    {
        int[] shape = layout switch { 0 => [2, 1, 3], 1 => [1, 3, 2], _ => [6] };
        GraphProto graph = new()
        {
            Name = "copy",
            Input = { TinyOnnx.Value(input, true, shape) },
            Output = { TinyOnnx.Value("y", true, 6) },
            Node = { new NodeProto { OpType = "Flatten", Name = "flat", Input = { input }, Output = { "y" } } },
        };
        IDataView data = Ml.Data.LoadFromRows(new RowSet(new float[] { 1, 2, 3, 4, 5, 6 }, [6]));
        BatchedOnnxOptions options = new()
        {
            OutputColumnName = "Code",
            InputColumnName = "Features",
            ModelFile = TinyOnnx.Model(graph).OfPictures("2x1x3").Save(Folder),
            ChannelMeans = [1, 2],
            ChannelDeviations = [2, 10],
        };
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder(options).Fit(data);
        float[] expected = layout == 1 ? [0, 0, 1, 0.2f, 2, 0.4f] : [0, 0.5f, 1, 0.2f, 0.3f, 0.4f];
        float[] found = transformer.Transform(data).GetColumn<float[]>("Code").Single();
        Assert.AreEqual(0, expected.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 1e-6);
        Ml.Model.Save(transformer, data.Schema, Folder["model.zip"]);
        CollectionAssert.AreEqual(found, Ml.Model.Load(Folder["model.zip"], out _).Transform(data).GetColumn<float[]>("Code").Single());

        Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxEncoder(options with { ChannelDeviations = [1] }));
        Assert.Contains("of 4 channels", Assert.ThrowsExactly<InvalidDataException>(
            () => Ml.Transforms.ApplyOnnxEncoder(options with { ChannelMeans = [1, 2, 3, 4], ChannelDeviations = [1, 1, 1, 1] }).Fit(data)).Message);
    }

    [TestMethod]
    public void A_fit_to_bytes_leaves_the_session_to_those_who_read_numbers()
    {
        int sessions = 0;
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        IDataView numbers = Ml.Data.LoadFromRows(new RowSet(pixels, [1, 8, 8]));
        BatchedOnnxEstimator encoder = Ml.Transforms.ApplyOnnxEncoder(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Pixels",
            ModelFile = Copy("Normalized_0_1", 64).Save(Folder),
            BatchSize = 1,
            ConfigureSession = _ => sessions++,
        });
        using BatchedOnnxTransformer ofNumbers = encoder.Fit(numbers);
        IDataView view = ofNumbers.Transform(numbers);
        using DataViewRowCursor running = view.GetRowCursor(view.Schema);
        Assert.IsTrue(running.MoveNext());
        using BatchedOnnxTransformer ofBytes = encoder.Fit(Ml.Data.LoadFromEnumerable(pixels.Chunk(64).Select(p => new LongPicture { Pixels = p })));
        using (view.GetRowCursor(view.Schema))
        {
            Assert.AreEqual(2, sessions, "the one for numbers was ended and started again");
        }

        ValueGetter<VBuffer<float>> getCode = running.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        for (int row = 0; row < 4; row++)
        {
            getCode(ref code);
            CollectionAssert.AreEqual(pixels.Skip(64 * row).Take(64).Select(p => p / 255f).ToArray(), code.DenseValues().ToArray());
            Assert.AreEqual(row < 3, running.MoveNext());
        }
    }

    [TestMethod]
    public void Numbers_far_out_of_the_range_are_refused_unless_they_shall_not_be_looked_at()
    {
        IDataView twice = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Row { Values = [0, 128, 255, i] }));
        BatchedOnnxOptions options = new() { OutputColumnName = "Code", InputColumnName = "Values", ModelFile = Copy("Normalized_0_1").Save(Folder) };
        using BatchedOnnxTransformer careful = Ml.Transforms.ApplyOnnxEncoder(options).Fit(twice);
        StringAssert.Contains(
            Assert.Throws<InvalidOperationException>(() => careful.Transform(twice).GetColumn<float[]>("Code").Count()).Message,
            "Found a value of 255 in the input column 'Values', expected pixels between 0 and 1");
        using BatchedOnnxTransformer careless = Ml.Transforms.ApplyOnnxEncoder(options with { ChecksPixelRange = false }).Fit(twice);
        Assert.AreEqual(3, careless.Transform(twice).GetColumn<float[]>("Code").Count());
    }

    [TestMethod]
    public void Numbers_beside_the_pixels_may_be_any()
    {
        ModelProto model = Copy("Normalized_0_1");
        model.Graph.Input.Add(TinyOnnx.Value("age", true, Row.Size));
        model.Graph.Output.Add(TinyOnnx.Value("years", true, Row.Size));
        model.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "age" }, Output = { "years" } });
        IDataView rows = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { Values = [20, 30, 42, i] }));
        IDataView both = Ml.Transforms.CopyColumns("Ages", "Values").Fit(rows).Transform(rows);
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxModelBatched(["Code", "Years"], ["Values", "Ages"], model.Save(Folder)).Fit(both);
        Assert.AreEqual(42, transformer.Transform(both).GetColumn<float[]>("Years").First()[2]);
    }

    [TestMethod]
    [DataRow("Normalized_0_1", 1 / 255f, false)]
    [DataRow("Normalized_0_1", 2 / 255f, true)] // dark, but possible
    [DataRow("Normalized_0_1", 0f, true)] // all black
    [DataRow("NominalRange_0_255", 1f, false)]
    [DataRow("Normalized_1_1", 1 / 255f, true)] // grey
    [DataRow("NominalRange_16_235", 0f, true)] // rows that are missing
    public void Pixels_that_were_divided_once_too_often_are_refused(string range, float largest, bool isPossible)
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Values = [0, largest / 2, largest, 0] }));
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Values", Copy(range).Save(Folder)).Fit(rows);
        int Count() => transformer.Transform(rows).GetColumn<float[]>("Code").Count();
        if (isPossible)
        {
            Assert.AreEqual(300, Count());
        }
        else
        {
            StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => Count()).Message, "divided once too often");
        }
    }

    [TestMethod]
    [DataRow("Normalized_1_1", 0f, 1f, 16, false)]
    [DataRow("Normalized_1_1", 0f, 1f, 15, true)] // too few to tell
    [DataRow("Normalized_1_1", 0.5f, 1f, 300, true)] // pale
    [DataRow("Normalized_1_1", -1f, 1f, 300, true)]
    [DataRow("NominalRange_16_235", 0f, 1f, 300, false)]
    [DataRow("NominalRange_16_235", 0f, 16f, 300, true)] // black
    public void Pixels_of_0_to_1_are_refused_where_another_range_is_expected(string range, float smallest, float largest, int rows, bool isPossible)
    {
        IDataView data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row { Values = [smallest, smallest, largest, largest] }));
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Values", Copy(range).Save(Folder)).Fit(data);
        int Count() => transformer.Transform(data).GetColumn<float[]>("Code").Count();
        if (isPossible)
        {
            Assert.AreEqual(rows, Count());
        }
        else
        {
            StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => Count()).Message, "it seems to be of 0 to 1");
        }
    }

    [TestMethod]
    public void A_few_pictures_are_judged_at_their_end_and_doubles_like_floats()
    {
        ModelProto model = Copy("Normalized_0_1");
        model.Graph.Input[0].OfType(TensorProto.Types.DataType.Double);
        model.Graph.Output[0].OfType(TensorProto.Types.DataType.Double);
        IDataView data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new DoublePicture { Pixels = [0, 0, 1 / 255.0, 0] }));
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", model.Save(Folder)).Fit(data);
        IDataView view = transformer.Transform(data);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        for (int i = 0; i < 20; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
        }

        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message, "in 20 rows in the input column 'Pixels'");
    }

    [TestMethod]
    public void Bytes_fill_a_model_of_channels_rows_and_columns()
    {
        ModelProto model = TinyOnnx.Model(new GraphProto
        {
            Name = "picture",
            Input = { TinyOnnx.Value("x", true, 1, 2, 2) },
            Output = { TinyOnnx.Value("y", true, 1, 2, 2) },
            Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "y" } } },
        });
        model.MetadataProps.Add(new StringStringEntryProto { Key = "Image.NominalPixelRange", Value = "Normalized_0_1" });
        IDataView data = Pictures();
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", model.Save(Folder)).Fit(data);
        IDataView view = transformer.Transform(data);
        Assert.AreEqual("Vector<Single, 1, 1, 2, 2>", view.Schema["Code"].Type.ToString());
        CollectionAssert.AreEqual(
            data.GetColumn<byte[]>("Pixels").SelectMany(p => p).Select(b => b / 255f).ToArray(), view.GetColumn<float[]>("Code").SelectMany(v => v).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)] // then the file says that it is a decoder
    public void Codes_are_no_pixels(bool isNamedDecoder)
    {
        IDataView codes = Ml.Data.LoadFromEnumerable(new[] { new Row { Values = [0, 128, 255, -300] } });
        ModelProto model = Copy("Normalized_0_1");
        if (!isNamedDecoder)
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = "onnxae.role", Value = "decoder" });
        }

        string file = model.Save(Folder);
        BatchedOnnxEstimator decoder = isNamedDecoder
            ? Ml.Transforms.ApplyOnnxDecoder("Out", "Values", file)
            : Ml.Transforms.ApplyOnnxModelBatched("Out", "Values", file);
        using BatchedOnnxTransformer transformer = decoder.Fit(codes);
        Assert.AreEqual(-300, transformer.Transform(codes).GetColumn<float[]>("Out").Single()[3]);
        Ml.Model.Save(transformer, codes.Schema, Folder["model.zip"]);
        ITransformer loaded = Ml.Model.LoadWithBatchedOnnx(Folder["model.zip"], out _);
        Assert.AreEqual(-300, loaded.Transform(codes).GetColumn<float[]>("Out").Single()[3]);
    }

    [TestMethod]
    public void Bytes_are_refused_where_the_model_names_no_range()
    {
        IDataView data = Pictures();
        BatchedOnnxEstimator encoder = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", Copy(range: null).Save(Folder));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => encoder.Fit(data)).Message, "expected Vector<Single, 4>, got Vector<Byte, 2, 2>");
    }

    [TestMethod]
    public void Channels_in_another_place_than_the_models_are_refused()
    {
        ModelProto model = TinyOnnx.Model(new GraphProto
        {
            Name = "picture",
            Input = { TinyOnnx.Value("x", true, 3, 2, 2) },
            Output = { TinyOnnx.Value("y", true, 3, 2, 2) },
            Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "y" } } },
        });
        BatchedOnnxEstimator estimator = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", model.Save(Folder));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(Ml.Data.LoadFromEnumerable(new[] { new ChannelsLast() })));
        IDataView right = Ml.Data.LoadFromEnumerable(new[] { new ChannelsFirst() });
        using BatchedOnnxTransformer transformer = estimator.Fit(right);
        CollectionAssert.AreEqual(new ChannelsFirst().Pixels, transformer.Transform(right).GetColumn<float[]>("Code").Single());
    }

    private IDataView Pictures() => Ml.Data.LoadFromEnumerable(
        Enumerable.Range(0, 20).Select(i => new Picture { Pixels = [0, (byte)i, (byte)(12 * i), 255] }));

    private static ModelProto Copy(string? range, int size = Row.Size)
    {
        ModelProto model = TinyOnnx.Model(new GraphProto
        {
            Name = "copy",
            Input = { TinyOnnx.Value("x", true, size) },
            Output = { TinyOnnx.Value("y", true, size) },
            Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "y" } } },
        });
        if (range is not null)
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = "Image.NominalPixelRange", Value = range });
        }

        return model;
    }

    private sealed class Picture
    {
        [VectorType(2, 2)]
        public byte[] Pixels { get; set; } = [];
    }

    private sealed class DoublePicture
    {
        [VectorType(4)]
        public double[] Pixels { get; set; } = [];
    }

    private sealed class LongPicture
    {
        [VectorType(64)]
        public byte[] Pixels { get; set; } = [];
    }

    private sealed class ChannelsFirst
    {
        [VectorType(3, 2, 2)]
        public float[] Pixels { get; set; } = [.. Enumerable.Range(0, 12)];
    }

    private sealed class ChannelsLast
    {
        [VectorType(2, 2, 3)]
        public float[] Pixels { get; set; } = new float[12];
    }
}
