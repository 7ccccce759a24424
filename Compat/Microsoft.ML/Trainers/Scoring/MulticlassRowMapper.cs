using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Scores the rows of one schema: the predicted class first, then the score of every class.</summary>
internal sealed class MulticlassRowMapper(IMulticlassScorer scorer, DataViewSchema.Column feature, DataViewSchema.DetachedColumn[] columns) : IRowMapper
{
    public DataViewSchema.DetachedColumn[] GetOutputColumns() => columns;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput) =>
        index => index == feature.Index && (activeOutput(0) || activeOutput(1));

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null;
        if (!activeOutput(0) && !activeOutput(1))
            return [null, null];
        var scores = new RowScores(scorer, input, input.GetGetter<VBuffer<float>>(input.Schema[feature.Index]));
        return
        [
            (ValueGetter<uint>)((ref uint key) => key = GetBestKey(scores.Get())),
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref value, scorer.ClassCount);
                scores.Get().CopyTo(editor.Values);
                value = editor.Commit();
            }),
        ];
    }

    /// <summary>The first class of the highest score; no class where there is no number.</summary>
    private static uint GetBestKey(ReadOnlySpan<float> scores)
    {
        uint best = 0;
        float highest = float.NegativeInfinity;
        for (int c = 0; c < scores.Length; c++)
        {
            if (scores[c] > highest)
                (best, highest) = ((uint)c + 1, scores[c]);
        }
        return best;
    }

    /// <summary>The scores of one cursor's current row, computed once for both columns.</summary>
    private sealed class RowScores(IMulticlassScorer scorer, DataViewRow row, ValueGetter<VBuffer<float>> getFeatures)
    {
        private readonly float[] _scores = new float[scorer.ClassCount];
        private long _position = -2; // none yet, not even that before the first row
        private VBuffer<float> _features;
        private VBuffer<float> _dense;

        public ReadOnlySpan<float> Get()
        {
            if (row.Position == _position)
                return _scores;
            getFeatures(ref _features);
            Contracts.Check(_features.Length == scorer.FeatureCount, "src length should equal the number of features");
            if (_features.IsDense)
            {
                scorer.Score(_features.GetValues(), _scores);
            }
            else
            {
                _features.CopyToDense(ref _dense);
                scorer.Score(_dense.GetValues(), _scores);
            }
            _position = row.Position;
            return _scores;
        }
    }
}
