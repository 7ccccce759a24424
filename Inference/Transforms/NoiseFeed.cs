using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference.Transforms;

/// <summary>Draws an input instead of reading it.</summary>
/// <param name="row">The rows, for their ids.</param>
/// <param name="input">The input's number.</param>
/// <param name="seed">Where the noise begins.</param>
internal sealed class NoiseFeed(DataViewRow row, int input, int seed) : InputFeed
{
    private readonly ValueGetter<DataViewRowId> _getId = row.GetIdGetter();

    public override void Read(BatchTensors tensors, int row, int buffer)
    {
        DataViewRowId id = default;
        _getId(ref id);
        RowNoise.Fill(tensors.GetInput<float>(input)[row], seed, id);
    }
}
