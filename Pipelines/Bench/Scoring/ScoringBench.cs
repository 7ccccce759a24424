using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;
using OnnxAE.Pipelines.Progress;

namespace OnnxAE.Pipelines.Bench;

/// <summary>
/// Scores the same rows in several ways, one after the other, round by round, so that whatever else the machine does
/// meets all alike. The setting of raw ONNX Runtime that is compared with is looked for first.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="peer">onnxruntime-node; null without it.</param>
/// <param name="rounds">Passes of each to measure, after one to warm up.</param>
internal sealed class ScoringBench(ScoringData data, NodePeer? peer, int rounds)
{
    /// <summary>Rows of a call that are tried.</summary>
    public static readonly IReadOnlyList<int> Batches = [1, 16, 64, 256, 1024];

    private const string Pixels = "Pixels"; // the column of the view
    private const double SearchSeconds = 0.25; // of one setting
    private const int Finalists = 3; // settings of raw ONNX Runtime that are measured in full
    private const string Ours = "ours";
    private const string Stock = "stock";
    private const string Tuned = "stock, 1 thread";
    private const string Node = "onnxruntime-node";

    private readonly MLContext ml = new(seed: 1);

    /// <summary>Measures one model of pixels [N, 784] to codes.</summary>
    public ScoringRate Run(string id, string model, IProgressStep step, CancellationToken cancellationToken)
    {
        int threads = Environment.ProcessorCount;
        peer?.Open(model, Batches, threads, data.Rows);
        BatchedOnnxTransformer transformer = Encoder(model).Fit(data.View(ml, 1));
        var ours = new ViewScorer(Ours, data, ml, transformer);
        List<IScorer> scorers = [ours, StockScorer(Stock, model, null), StockScorer(Tuned, model, 1)];
        List<RawSession> raw = FindBest(model, threads, step, cancellationToken);
        scorers.AddRange(raw);
        try
        {
            var rates = scorers.ToDictionary(s => s.Name, _ => new double[rounds]);
            double[] node = new double[rounds];
            for (int round = -1; round < rounds; round++) // the first warms up
            {
                foreach (IScorer scorer in scorers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    double rate = data.Rows / scorer.Score(round < 0 ? Math.Min(data.Rows, 1000) : data.Rows);
                    if (round >= 0)
                    {
                        rates[scorer.Name][round] = rate;
                    }
                }

                if (peer is not null && round >= 0)
                {
                    node[round] = data.Rows / peer.Score(data.Rows);
                }

                step.Report((round + 2.0) / (rounds + 1), round < 0 ? id : $"{id}, {rates[Ours][round]:F0} rows a second");
            }

            if (peer is not null)
            {
                rates[Node] = node;
            }

            RawSession best = raw.MaxBy(r => Median(rates[r.Name]))!;
            return new ScoringRate
            {
                Id = id,
                Rows = data.Rows,
                RowsPerSecond = Median(rates[Ours]),
                BatchSize = transformer.BatchSize,
                RawRowsPerSecond = Median(rates[best.Name]),
                RawSetting = best.Name,
                StockRowsPerSecond = Median(rates[Stock]),
                TunedStockRowsPerSecond = Median(rates[Tuned]),
                NodeRowsPerSecond = peer is null ? null : Median(node),
                NodeSetting = peer?.Name,
                RatioToRaw = Ratio(rates[Ours], rates[best.Name]),
                RatioToStock = Ratio(rates[Ours], rates[Stock]),
                RatioToTunedStock = Ratio(rates[Ours], rates[Tuned]),
                BytesPerRow = ours.BytesPerRow,
                FirstRowMilliseconds = Median([.. Enumerable.Range(0, rounds).Select(_ => FirstRow(model))]),
                Rounds = rates,
            };
        }
        finally
        {
            scorers.ForEach(s => s.Dispose());
        }
    }

    // The best few of all settings, by a short run of each.
    private List<RawSession> FindBest(string model, int threads, IProgressStep step, CancellationToken cancellationToken)
    {
        List<(RawSession Session, double Rate)> found = [];
        foreach ((int intra, int concurrent) in new[] { (1, 1), (threads, 1), (1, threads), (threads, threads), (1, threads + 1) }.Distinct())
        {
            foreach (int batch in Batches)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var session = new RawSession(data, model, batch, intra, concurrent);
                int rows = Math.Min(data.Rows, batch * concurrent);
                double seconds = session.Score(rows);
                while (seconds < SearchSeconds && rows < data.Rows)
                {
                    rows = (int)Math.Min(data.Rows, rows * 4L);
                    seconds = session.Score(rows);
                }

                found.Add((session, rows / seconds));
                step.Report(0, $"ONNX Runtime, {session.Name}: {rows / seconds:F0} rows a second");
                found.Sort((a, b) => b.Rate.CompareTo(a.Rate));
                foreach ((RawSession slower, _) in found.Skip(Finalists))
                {
                    slower.Dispose();
                }

                found = [.. found.Take(Finalists)];
            }
        }

        return [.. found.Select(f => f.Session)];
    }

    private BatchedOnnxEstimator Encoder(string model) => ml.Transforms.ApplyOnnxEncoder(ViewScorer.Column, Pixels, model);

    // Its columns must be called like the tensors, as they are here.
    private ViewScorer StockScorer(string name, string model, int? threads)
    {
        var options = new OnnxOptions { ModelFile = model, InputColumns = [Pixels], OutputColumns = [ViewScorer.Column], IntraOpNumThreads = threads };
        return new ViewScorer(name, data, ml, ml.Transforms.ApplyOnnxModel(options).Fit(data.View(ml, 1)));
    }

    private double FirstRow(string model)
    {
        IDataView view = data.View(ml, data.Rows);
        long begin = Stopwatch.GetTimestamp();
        using BatchedOnnxTransformer transformer = Encoder(model).Fit(view);
        ViewScorer.Read(transformer.Transform(view), most: 1);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Ratio(double[] ours, double[] theirs) => Median([.. ours.Zip(theirs, (a, b) => a / b)]);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
