using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A normalization that remembers the statistics of its training batches.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    private protected NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));
            bias = new Parameter(zeros(num_features, dtype, device));
        }

        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);
            running_var = ones(num_features, dtype, device);
            num_batches_tracked = tensor(0L, dtype, device);
        }
    }

    public long num_features { get; }

    public double eps { get; set; }

    internal double? momentum { get; set; }

    public bool affine { get; }

    internal bool track_running_stats { get; }

    public Parameter weight
    {
        get => FindParameter(nameof(weight))!;
        set => ReplaceParameter(nameof(weight), value);
    }

    public Parameter? bias
    {
        get => FindParameter(nameof(bias));
        set => ReplaceParameter(nameof(bias), value);
    }

    public Tensor? running_mean
    {
        get => FindBuffer(nameof(running_mean));
        set => ReplaceBuffer(nameof(running_mean), value);
    }

    public Tensor? running_var
    {
        get => FindBuffer(nameof(running_var));
        set => ReplaceBuffer(nameof(running_var), value);
    }

    internal Tensor? num_batches_tracked
    {
        get => FindBuffer(nameof(num_batches_tracked));
        set => ReplaceBuffer(nameof(num_batches_tracked), value);
    }

    private protected abstract void ValidateInputDimensions(Tensor input);
}
