using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class ActivationTests
{
    private static readonly Dictionary<string, (Func<bool, Module<Tensor, Tensor>> Make, Func<double, double> Formula)> s_activations = new()
    {
        ["CELU"] = (inplace => CELU(0.5, inplace), x => x > 0 ? x : 0.5 * (Math.Exp(x / 0.5) - 1)),
        ["ELU"] = (inplace => ELU(0.5, inplace), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)),
        ["GELU by tanh"] = (
            inplace => GELU(global::TorchSharp.Modules.GELU.Approximate.tanh, inplace),
            x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ["Hardsigmoid"] = (Hardsigmoid, x => Math.Clamp(x / 6 + 0.5, 0, 1)),
        ["Hardswish"] = (Hardswish, x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        ["Hardtanh"] = (_ => Hardtanh(-0.5, 2, inplace: true), // the original computes nothing without
             x => Math.Clamp(x, -0.5, 2)),
        ["LeakyReLU"] = (inplace => LeakyReLU(0.1, inplace), x => x > 0 ? x : 0.1 * x),
        ["LogSigmoid"] = (_ => LogSigmoid(), x => -Math.Log(1 + Math.Exp(-x))),
        ["Mish"] = (Mish, x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["PReLU"] = (_ => PReLU(1), x => x > 0 ? x : 0.25 * x),
        ["ReLU6"] = (ReLU6, x => Math.Clamp(x, 0, 6)),
        ["SELU"] = (SELU, x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["Softsign"] = (Softsign, x => x / (1 + Math.Abs(x))),
        ["Threshold"] = (inplace => Threshold(1, -7, inplace), x => x > 1 ? x : -7),
    };

    public static IEnumerable<object[]> Names =>
        s_activations.Keys.SelectMany(name => new[] { new object[] { name, false }, [name, true] });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Values_AreThoseOfTheFormula(string name, bool inplace)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        float[] inputs = [-8, -3, -1, -0.3f, 0, 0.3f, 1.5f, 3, 8];
        var (make, formula) = s_activations[name];
        using var module = make(inplace);

        float[] outputs = TorchGolden.Floats(module.call(tensor(inputs)));

        TorchGolden.AreClose([.. inputs.Select(x => (float)formula(x))], outputs, name);
    }

    [TestMethod]
    public void LogSoftmax_IsTheLogarithmOfSoftmax()
    {
        using var scope = NewDisposeScope();
        var input = arange(6, ScalarType.Float32).reshape(2, 3);

        TorchGolden.AreClose(
            TorchGolden.Floats(Softmax(1).call(input).log()), TorchGolden.Floats(LogSoftmax(1).call(input)), "log softmax");
    }
}
