using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>How long model files, sessions, cursors and prediction engines live.</summary>
[TestClass]
public sealed class BatchedOnnxLifetimeTests : ScoringTest
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DoNotParallelize]
    [DataRow(false)]
    [DataRow(true)]
    public void The_models_file_is_closed_with_the_transformer_and_read_again_for_the_next(bool fromZip)
    {
        IDataView data = Row.View(Ml, 3);
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        BatchedOnnxEstimator estimator = Batched(file);
        BatchedOnnxTransformer transformer = estimator.Fit(data);
        Assert.HasCount(1, OpenFiles(file));
        if (fromZip)
        {
            Ml.Model.Save(transformer, data.Schema, Folder["model.zip"]);
            using (Ml.Model.LoadWithBatchedOnnx(Folder["model.zip"], out _) as IDisposable)
            {
                Assert.HasCount(1, OpenFiles(".tmp (deleted)"));
            }

            Assert.IsEmpty(OpenFiles(".tmp (deleted)"));
        }

        transformer.Dispose();
        Assert.IsEmpty(OpenFiles(file));
        using BatchedOnnxTransformer next = estimator.Fit(data);
        Ml.Model.Save(next, data.Schema, Folder["again.zip"]);
        next.Dispose();
        TinyOnnx.Dense(Row.Size, 3, seed: 2).Save(Folder);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => estimator.Fit(data)).Message, "has changed since it was loaded");
    }

    private static string[] OpenFiles(string name) => [.. Directory.GetFiles("/proc/self/fd")
        .Select(link => new FileInfo(link).LinkTarget ?? "").Where(target => target.Contains(name, StringComparison.Ordinal))];

    [TestMethod]
    public void A_disposed_transformer_says_so_and_its_estimator_makes_another()
    {
        IDataView data = Row.View(Ml, 100);
        BatchedOnnxEstimator estimator = Batched(TinyOnnx.Dense(Row.Size, 3).Save(Folder), 8);
        BatchedOnnxTransformer first = estimator.Fit(data);
        IDataView view = first.Transform(data);
        using DataViewRowCursor running = view.GetRowCursor(view.Schema);
        Assert.IsTrue(running.MoveNext());
        first.Dispose();
        ValueGetter<VBuffer<float>> getCode = running.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        int rows = 0;
        do
        {
            getCode(ref code);
        }
        while (++rows < 1000 && running.MoveNext());
        Assert.AreEqual(100, rows);
        Assert.ThrowsExactly<ObjectDisposedException>(() => first.Transform(data));
        Assert.ThrowsExactly<ObjectDisposedException>(() => view.GetRowCursor(view.Schema));
        using BatchedOnnxTransformer second = estimator.Fit(data);
        Assert.AreEqual(100, second.Transform(data).GetColumn<float[]>("Code").Count());
    }

    [TestMethod]
    public void Inputs_are_bound_again_for_every_batch_where_a_device_may_hold_copies()
    {
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        IDataView data = Row.View(Ml, 50);
        BatchedOnnxOptions options = new() { OutputColumnName = "Code", InputColumnName = "Values", ModelFile = file, BatchSize = 4, ConfigureSession = _ => { } };
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder(options).Fit(data);
        float[][] expected = Codes(file, data);
        float[][] found = [.. transformer.Transform(data).GetColumn<float[]>("Code")];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i][0], found[i][0], Rounding);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_session_ends_with_the_model_or_the_engine_that_owns_it(bool byEngine)
    {
        IDataView data = Row.View(Ml, 3);
        int sessions = 0;
        BatchedOnnxEstimator estimator = Ml.Transforms.ApplyOnnxEncoder(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = TinyOnnx.Dense(Row.Size, 3).Save(Folder),
            ConfigureSession = _ => sessions++,
        });
        BatchedOnnxTransformer model = estimator.Fit(data);
        PredictionEngine<Row, Scored> engine = Ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Row row = Row.Make(1)[0];
        Assert.HasCount(3, engine.Predict(row).Code);
        ((IDisposable)(byEngine ? engine : model)).Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Predict(row));
        Assert.AreEqual(1, sessions);
        using BatchedOnnxTransformer next = estimator.Fit(data); // starts another where there is none
        Assert.AreEqual(2, sessions);
    }

    [TestMethod]
    public void A_prediction_that_is_under_way_when_the_model_ends_is_finished_or_refused()
    {
        IDataView data = Row.View(Ml, 3);
        BatchedOnnxEstimator estimator = Batched(TinyOnnx.Dense(Row.Size, 300).Save(Folder));
        Row row = Row.Make(1)[0];
        for (int i = 0; i < 20; i++)
        {
            BatchedOnnxTransformer model = estimator.Fit(data);
            using Barrier start = new(3);
            Task[] threads = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                PredictionEngine<Row, Scored> engine = Ml.Model.CreatePredictionEngine<Row, Scored>(model);
                start.SignalAndWait();
                while (true) { Assert.HasCount(300, engine.Predict(row).Code); } }))];
            start.SignalAndWait();
            model.Dispose();
            foreach (Task thread in threads)
            {
                Assert.ThrowsExactly<ObjectDisposedException>(() => thread.GetAwaiter().GetResult());
            }
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void Engines_that_are_dropped_leave_no_memory()
    {
        const int Outputs = 100_000; // 400 kB an engine
        const int Engines = 50;
        IDataView data = Row.View(Ml, 3);
        using BatchedOnnxTransformer model = Batched(TinyOnnx.Dense(Row.Size, Outputs).Save(Folder)).Fit(data);
        Row row = Row.Make(1)[0];
        void Predict()
        {
            for (int i = 0; i < Engines; i++)
            {
                Assert.HasCount(Outputs, Ml.Model.CreatePredictionEngine<Row, Scored>(model).Predict(row).Code);
            }
        }

        long Used()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        Predict();
        long before = Used();
        Predict();
        Assert.IsLessThan(Engines * Outputs * sizeof(float) / 2, Used() - before);
    }

    [TestMethod]
    public void A_row_may_be_disposed_twice_and_gives_no_values_then()
    {
        IDataView data = Row.View(Ml, 3);
        using BatchedOnnxTransformer model = Batched(TinyOnnx.Dense(Row.Size, 3).Save(Folder)).Fit(data);
        using DataViewRowCursor input = data.GetRowCursor(data.Schema);
        DataViewRow row = model.GetRowToRowMapper(data.Schema).GetRow(input, model.GetOutputSchema(data.Schema));
        ValueGetter<VBuffer<float>> getCode = row.GetGetter<VBuffer<float>>(row.Schema["Code"]);
        VBuffer<float> code = default;
        Assert.IsTrue(input.MoveNext());
        getCode(ref code);
        row.Dispose();
        row.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => getCode(ref code));
    }
}
