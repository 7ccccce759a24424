using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// A network that a graph is compared with, and what the rounding of 32-bit floats can do to its numbers: it is computed a few
/// times more with noise as large as rounding on the inputs and behind every module (Vignes, 1993: stochastic arithmetic). So a
/// network that enlarges small differences, or takes large numbers from each other, says so itself, and so does a choice between
/// numbers that are nearly equal. The network is called and listened to; nothing of it is changed.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="reference">What the graph should compute.</param>
/// <param name="namedModules">Its modules by their paths in the graph; null where they are those in the network.</param>
internal sealed class VerifiedNetwork(
    Module network, Func<IReadOnlyList<Tensor>, Tensor> reference, IReadOnlyList<(string Path, Module Module)>? namedModules = null)
{
    /// <summary>The name of the whole network's output.</summary>
    public const string Root = "(root)";

    /// <summary>From 1 to the next 32-bit float.</summary>
    private const double Epsilon = 1.0 / (1 << 23);

    /// <summary>What exp, tanh and erf count for as a sum: each library approximates them to a bit or two.</summary>
    private const long FunctionLength = 4;

    /// <summary>Times that the network is computed with noise: a single draw may happen to cancel out.</summary>
    private const int Draws = 4;

    /// <summary>Turns off what is for training alone.</summary>
    public void PutIntoEvaluation() => network.eval();

    /// <summary>What the graph should give, row-major. The tensor belongs to the open dispose scope.</summary>
    public Tensor Compute(IReadOnlyList<Tensor> inputs)
    {
        using var gradients = no_grad();
        return reference([.. inputs.Select(input => input.clone())]).contiguous(); // modules may work in place
    }

    /// <summary>The difference that rounding explains on a batch.</summary>
    public RoundingAllowance Rounding(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        double largest = inputs.Max(VerificationGate.LargestFinite), allowed = 0;
        Tensor clean = Run(inputs, null, (_, value) => largest = Math.Max(largest, VerificationGate.LargestFinite(value)));
        largest = Math.Max(largest, VerificationGate.LargestFinite(clean));
        RunWithNoise(inputs, (_, _) => { }, noisy => allowed = Math.Max(allowed, VerificationGate.LargestFinite(noisy - clean)));
        return new RoundingAllowance(allowed, largest);
    }

    /// <summary>What every module gives, under the name that the exporter gives that value, and how far noise as large as rounding moves it.</summary>
    /// <param name="inputs">Not changed; the tensors that are returned belong to the open dispose scope.</param>
    public (IReadOnlyDictionary<string, Tensor> Values, IReadOnlyDictionary<string, double> Rounding) Inspect(IReadOnlyList<Tensor> inputs)
    {
        var values = new Dictionary<string, Tensor>();
        values[Root] = Run(inputs, null, (name, value) => values[name] = value.detach().clone()); // a module behind this one may work in place
        Dictionary<string, double> rounding = values.Keys.ToDictionary(name => name, _ => 0.0);
        RunWithNoise(inputs, Compare, noisy => Compare(Root, noisy));
        return (values, rounding);

        void Compare(string name, Tensor noisy) => rounding[name] = Math.Max(rounding[name], VerificationGate.LargestFinite(noisy - values[name]));
    }

    /// <summary>
    /// Numbers that are added for one output of a layer. Two libraries add the same n numbers in different orders. Each addition
    /// rounds by up to half an epsilon of the sum, up or down by chance, so that both sums are about epsilon · √n of their size
    /// apart (Higham and Mary, 2019).
    /// </summary>
    internal static long SumLength(Module layer) => layer.parameters(recurse: false).Where(weight => weight.ndim > 1)
        .Sum(weight => weight.numel() / weight.shape[layer is TorchSharp.Modules.ConvTranspose1d or TorchSharp.Modules.ConvTranspose2d ? 1 : 0]);

    private void RunWithNoise(IReadOnlyList<Tensor> inputs, Action<string, Tensor> hear, Action<Tensor> compare)
    {
        using var noise = new Generator(1);
        for (int i = 0; i < Draws; i++)
        {
            using var scope = NewDisposeScope();
            compare(Run([.. inputs.Select(input => AddNoise(input, 0, noise))], noise, hear));
        }
    }

    // Computes the network's output and lets the caller hear what every module gives, with noise added where there is some.
    private Tensor Run(IReadOnlyList<Tensor> inputs, Generator? noise, Action<string, Tensor> hear)
    {
        List<Action> removals = [];
        Dictionary<string, int> calls = [];
        try
        {
            foreach (IGrouping<Module, string> paths in (namedModules ?? [.. network.named_modules()]).GroupBy(entry => entry.Module, entry => entry.Path))
            {
                if (paths.Key is Module<Tensor, Tensor> called && paths.All(path => path.Length > 0))
                {
                    // Of a module that is in the network under two paths, nobody knows which of them it is called by.
                    string? path = paths.Count() == 1 ? paths.Single() : null;
                    var remover = called.register_forward_hook((module, _, output) => Hear(module, path, output));
                    removals.Add(remover.remove);
                }
            }

            return Compute(inputs);
        }
        finally
        {
            removals.ForEach(remove => remove());
        }

        Tensor Hear(Module module, string? path, Tensor output)
        {
            Tensor value = noise is null ? output : AddNoise(output, SumLength(module), noise);
            if (path is not null)
            {
                int call = calls[path] = calls.GetValueOrDefault(path) + 1;
                hear(call == 1 ? path : $"{path}_{call}", value); // a module that is called again gets a number, as in the graph
            }

            return value;
        }
    }

    // Up or down by what a sum of that many numbers may be off, in proportion to what numbers of the batch are on average: where
    // numbers cancel out, the rest is small, its rounding is not.
    private static Tensor AddNoise(Tensor value, long sumLength, Generator noise)
    {
        double largest = VerificationGate.LargestFinite(value);
        if (largest == 0)
        {
            return value;
        }

        using Tensor shares = value.nan_to_num(0, 0, 0).div_(largest); // since squares of the numbers themselves may overflow
        double average = largest * Math.Sqrt(shares.square().mean().to_type(ScalarType.Float64).item<double>());
        Tensor signs = (rand(value.shape, generator: noise) - 0.5).sign_();
        return signs.mul_(Epsilon * Math.Sqrt(FunctionLength + sumLength) * average).to_type(value.dtype) + value;
    }
}
