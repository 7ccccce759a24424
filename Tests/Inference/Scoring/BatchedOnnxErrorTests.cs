using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxErrorTests : ScoringTest
{
    [TestMethod]
    [DataRow("Nope", 4, "Could not find input column 'Nope'")]
    [DataRow("Values", 7, "Schema mismatch for input column 'Values': expected Vector<Single, 7>, got Vector<Single, 4>")]
    [DataRow("Values", 2, "Schema mismatch for input column 'Values': expected Vector<Single, 2>, got Vector<Single, 4>")]
    [DataRow("Name", 4, "Schema mismatch for input column 'Name': expected Vector<Single, 4>, got String")]
    [DataRow("Number", 4, "Schema mismatch for input column 'Number': expected Vector<Single, 4>, got Int32")]
    public void Fit_transform_and_schema_refuse_a_wrong_column_in_the_same_words(string column, int size, string message)
    {
        IDataView wrong = Row.View(Ml, 3);
        BatchedOnnxEstimator estimator = Ml.Transforms.ApplyOnnxEncoder("Code", column, TinyOnnx.Dense(size, 3).Save(Folder));
        DataViewSchema.Builder right = new();
        right.AddColumn(column, new VectorDataViewType(NumberDataViewType.Single, size));
        using BatchedOnnxTransformer transformer = estimator.Fit(new EmptyView(right.ToSchema()));
        Action[] tries =
        [
            () => estimator.Fit(wrong),
            () => transformer.GetOutputSchema(wrong.Schema),
            () => transformer.Transform(wrong),
            () => transformer.GetRowToRowMapper(wrong.Schema),
        ];
        foreach (Action act in tries)
        {
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(act).Message, message);
        }
    }

    [TestMethod]
    public void The_shape_of_a_pipeline_is_checked_before_anything_is_trained()
    {
        IDataView data = Row.View(Ml, 3);
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        EstimatorChain<BatchedOnnxTransformer> missing = Ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(Ml.Transforms.ApplyOnnxEncoder("Code", "Nope", file));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => missing.Fit(data)).Message, "Could not find input column 'Nope'");
        EstimatorChain<BatchedOnnxTransformer> text = Ml.Transforms.Conversion.MapValueToKey("Copy", "Name").Append(Ml.Transforms.ApplyOnnxEncoder("Code", "Copy", file));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => text.Fit(data)).Message, "Schema mismatch for input column 'Copy'");
    }

    [TestMethod]
    public void A_file_that_is_missing_cut_short_or_something_else_is_refused_in_a_sentence()
    {
        byte[] whole = TinyOnnx.Dense(Row.Size, 3).ToByteArray();
        ModelProto nonsense = TinyOnnx.Dense(Row.Size, 3);
        nonsense.Graph.Node[0].OpType = "NoSuchOperator";
        Assert.ThrowsExactly<FileNotFoundException>(() => Encoder(Folder["none.onnx"]));
        foreach (byte[] content in new[] { whole[..(whole.Length / 2)], [], "this is no model"u8.ToArray(), nonsense.ToByteArray() })
        {
            InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Encoder(Folder.Write("bad.onnx", content)));
            StringAssert.Contains(error.Message, "bad.onnx");
            Assert.IsFalse(error.Message.Contains('\n', StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void A_column_that_is_named_twice_is_refused()
        => StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => Ml.Transforms.ApplyOnnxModelBatched(["y", "y"], ["x"], TinyOnnx.Dense(Row.Size, 3).Save(Folder))).Message,
            "'y' is named twice");

    [TestMethod]
    public void An_encoder_reads_one_column_and_makes_one()
    {
        BatchedOnnxOptions options = new() { ModelFile = TinyOnnx.Dense(Row.Size, 3).Save(Folder), OutputColumnName = "Code", InputColumnName = "Values" };
        CollectionAssert.AreEqual(new[] { "Code" }, options.OutputColumnNames.ToArray());
        Assert.AreEqual("Values", options.InputColumnName);
        foreach (BatchedOnnxOptions wrong in new[] { options with { OutputColumnNames = [] }, options with { InputColumnNames = ["Values", "Other"] } })
        {
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxEncoder(wrong)).Message, "expected one of each");
        }
    }

    [TestMethod]
    public void Models_of_another_kind_are_refused()
    {
        ModelProto others = TinyOnnx.Dense(Row.Size, 3);
        others.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float16;
        StringAssert.Contains(Refusal(others), "FLOAT16 [N, 4], expected one of FLOAT");
        others.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.String;
        StringAssert.Contains(Refusal(others), "STRING [N, 4], expected one of FLOAT");

        ModelProto open = TinyOnnx.Dense(Row.Size, 3);
        open.Graph.Output[0].Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimParam = "M" };
        StringAssert.Contains(Refusal(open), "FLOAT [N, M], expected no open dimension after the first");

        ModelProto two = TinyOnnx.Dense(Row.Size, 3);
        two.Graph.Input.Add(TinyOnnx.Value("other", true, 3));
        StringAssert.Contains(Refusal(two), "2 inputs (x, other), expected one");
    }

    [TestMethod]
    public void An_autoencoder_gives_as_many_values_as_it_takes()
    {
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Ml.Transforms.ApplyOnnxAutoencoder("Out", "Values", file)).Message, "makes 3 values (Single) of 4 (Single)");
        Assert.ThrowsExactly<InvalidDataException>(() => Ml.Transforms.ApplyOnnxDenoiser("Out", "Values", file));
        IDataView data = Row.View(Ml, 3);
        string whole = TinyOnnx.Dense(Row.Size, Row.Size).Save(Folder, "whole.onnx");
        Assert.AreEqual(3, Ml.Transforms.ApplyOnnxDenoiser("Out", "Values", whole).Fit(data).Transform(data).GetColumn<float[]>("Out").Count());
    }

    [TestMethod]
    public void Names_that_the_stock_transformer_could_not_have_are_refused()
    {
        string file = TinyOnnx.Dense(Row.Size, Row.Size).Save(Folder);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxDenoiser("Values", "Values", file)).Message, "a name of its own");
        Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxDenoiser("Clean.output", "Values", file));
        Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxDenoiser(" ", "Values", file));
    }

    [TestMethod]
    public void A_gpu_that_is_not_there_is_an_error_or_the_cpu()
    {
        const int NoSuchDevice = 4711;
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        StringAssert.Contains(
            Assert.Throws<InvalidOperationException>(() => Ml.Transforms.ApplyOnnxEncoder("Code", "Values", file, NoSuchDevice)).Message, "fallbackToCpu");
        IDataView data = Row.View(Ml, 3);
        List<string> log = Logged.By(Ml);
        using BatchedOnnxTransformer onCpu = Ml.Transforms.ApplyOnnxEncoder(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = file,
            GpuDeviceId = NoSuchDevice,
            FallbackToCpu = true,
        }).Fit(data);
        Assert.AreEqual(3, onCpu.Transform(data).GetColumn<float[]>("Code").Count());
        Assert.AreEqual("CPU", onCpu.Device);
        StringAssert.Contains(log.Single(), "runs on the CPU: the GPU 4711 can't be used");
    }

    private string Refusal(ModelProto model) => Assert.ThrowsExactly<InvalidDataException>(() => Encoder(model.Save(Folder))).Message;

    private BatchedOnnxEstimator Encoder(string file) => Ml.Transforms.ApplyOnnxEncoder("Code", "Values", file);
}
