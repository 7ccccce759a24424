namespace OnnxAE.Pipelines.Bench;

/// <summary>Which rows each round scores, and about how long a network's turn takes.</summary>
/// <param name="Id">The network's id.</param>
/// <param name="Model">Its encoder, an ONNX file of pixels to codes.</param>
/// <param name="IsSliced">Whether each round scores a part of the rows, all rounds together all of them: a slow network's rounds are long enough.</param>
/// <param name="SearchSeconds">What looking for the best setting of ONNX Runtime will take, about.</param>
/// <param name="RoundSeconds">What a round will take, about.</param>
internal sealed record ScoringPlan(string Id, string Model, bool IsSliced, double SearchSeconds, double RoundSeconds)
{
    private const double LongPass = 2.5; // seconds
    private const int ProbeRows = 256;
    private const int ProbeBatch = 64;
    private const double StockCallSeconds = 6e-5; // what a call of one row costs besides the computing
    private const int BatchedScorers = 5; // ours, settings of ONNX Runtime, node
    private const int StockScorers = 2;
    private const double WarmUpSeconds = ScoringBench.WarmUpRounds * (BatchedScorers + StockScorers) * RoundTimes.ShortestSeconds;

    /// <summary>About how long it takes.</summary>
    public double Seconds(int rounds) => SearchSeconds + WarmUpSeconds + (rounds * RoundSeconds);

    /// <summary>Plans by a short run.</summary>
    public static ScoringPlan Of(string id, string model, ScoringData data, int rounds)
    {
        using var session = new RawSession(data, model, ProbeBatch, threads: 1, concurrent: Environment.ProcessorCount);
        int rows = Math.Min(data.Rows, ProbeRows);
        session.Score(0, rows);
        double row = session.Score(0, rows) / rows;
        bool isSliced = row * data.Rows > LongPass && data.Rows >= rounds;
        double rowsPerRound = isSliced ? (double)data.Rows / rounds : data.Rows;
        return new ScoringPlan(
            id, model, isSliced, ScoringBench.SearchSecondsFor(row), (BatchedScorers * SecondsOf(row)) + (StockScorers * SecondsOf(row + StockCallSeconds)));

        double SecondsOf(double oneRow) => RoundTimes.ShortestSeconds * Math.Ceiling(rowsPerRound * oneRow / RoundTimes.ShortestSeconds);
    }

    /// <summary>The rows of a round.</summary>
    public (int First, int Count) RowsOf(int round, int rounds, int rows)
    {
        if (!IsSliced)
        {
            return (0, rows);
        }

        int first = (int)((long)round * rows / rounds);
        return (first, (int)((round + 1L) * rows / rounds) - first);
    }
}
