using System.Text.Json;
using OnnxAE.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class ModuleTests
{
    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> s_modules = new()
    {
        ["Linear(4,3)"] = () => Linear(4, 3),
        ["Linear(4,3,hasBias:false)"] = () => Linear(4, 3, hasBias: false),
        ["Conv2d(2,3,3,padding:1)"] = () => Conv2d(2, 3, 3, padding: 1),
        ["Conv2d(2,3,3,stride:2,padding:1)"] = () => Conv2d(2, 3, 3, stride: 2, padding: 1),
        ["Conv2d(2,3,2,Padding.Same)"] = () => Conv2d(2, 3, 2, Padding.Same),
        ["Conv2d(2,4,3,groups:2,bias:false)"] = () => Conv2d(2, 4, 3, groups: 2, bias: false),
        ["ConvTranspose2d(2,3,3,stride:2,padding:1,output_padding:1)"] = () => ConvTranspose2d(2, 3, 3, stride: 2, padding: 1, output_padding: 1),
        ["MaxPool2d(2)"] = () => MaxPool2d(2),
        ["AvgPool2d(2)"] = () => AvgPool2d(2),
        ["Upsample(2,nearest)"] = () => Upsample(scale_factor: [2, 2]),
        ["BatchNorm1d(4)"] = () => BatchNorm1d(4),
        ["BatchNorm2d(2)"] = () => BatchNorm2d(2),
        ["LayerNorm(4)"] = () => LayerNorm(4),
        ["ReLU"] = () => ReLU(),
        ["LeakyReLU(0.1)"] = () => LeakyReLU(0.1),
        ["Sigmoid"] = () => Sigmoid(),
        ["Tanh"] = () => Tanh(),
        ["Softplus"] = () => Softplus(),
        ["GELU"] = () => GELU(),
        ["ELU"] = () => ELU(),
        ["SiLU"] = () => SiLU(),
        ["Softmax(1)"] = () => Softmax(1),
        ["Flatten"] = () => Flatten(),
        ["Identity"] = () => Identity(),
        ["Unflatten(1,[2,3])"] = () => Unflatten(1, [2, 3]),
        ["Sequential(named)"] = () => Sequential(("enc", Linear(4, 2)), ("act", ReLU()), ("dec", Linear(2, 4))),
        ["Sequential(unnamed)"] = () => Sequential(Linear(4, 2), Sigmoid(), Linear(2, 4)),
    };

    public static IEnumerable<object[]> Recorded =>
        TorchGolden.Read("modules").EnumerateArray().Select(m => new object[] { m.GetProperty("name").GetString()! });

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void OutputsAndGradients_AreTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Find(name);
        using var module = s_modules[name]();
        SetParameters(module, recorded.GetProperty("state"));
        var input = TorchGolden.ToTensor(recorded.GetProperty("input")).requires_grad_();

        var output = module.forward(input);
        var weights = arange(1, output.numel() + 1, dtype: ScalarType.Float32).reshape(output.shape) * 0.1f;
        (output * weights).sum().backward();

        TorchGolden.AreClose(recorded.GetProperty("output"), output, "output");
        TorchGolden.AreClose(recorded.GetProperty("inputGrad"), input.grad, "gradient of the input");
        foreach (var (parameterName, parameter) in module.named_parameters())
        {
            TorchGolden.AreClose(recorded.GetProperty("parameterGrads").GetProperty(parameterName), parameter.grad, "gradient of " + parameterName);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void NamesOfTheState_AreTheOriginalsInTheirOrder(string name)
    {
        using var module = s_modules[name]();

        string[] expected = [.. Find(name).GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];
        CollectionAssert.AreEqual(expected, module.state_dict().Keys);
    }

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void StateAfterAForwardPass_IsTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Find(name);
        using var module = s_modules[name]();
        SetParameters(module, recorded.GetProperty("state"));
        module.forward(TorchGolden.ToTensor(recorded.GetProperty("input")));

        var state = module.state_dict();
        foreach (var entry in recorded.GetProperty("state").EnumerateObject())
        {
            TorchGolden.AreClose(entry.Value, state[entry.Name], entry.Name);
        }
    }

    [TestMethod]
    public void AModuleThatIsAFieldToo_IsInTheStateUnderBothNames_ButNotInASequential()
    {
        using var scope = NewDisposeScope();
        using var registered = new Concat(1, new Residual(Linear(2, 2, hasBias: false)));
        using var appended = Sequential(new Residual(Linear(2, 2, hasBias: false)));

        CollectionAssert.AreEqual(new[] { "0.body.weight", "0.<Body>k__BackingField.weight" }, registered.state_dict().Keys);
        Assert.HasCount(1, registered.parameters().ToList());
        CollectionAssert.AreEqual(new[] { "0.body.weight" }, appended.state_dict().Keys);
    }

    private static JsonElement Find(string name) =>
        TorchGolden.Read("modules").EnumerateArray().Single(m => m.GetProperty("name").GetString() == name);

    private static void SetParameters(Module module, JsonElement state)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            parameter.copy_(TorchGolden.ToTensor(state.GetProperty(name)));
        }
    }
}
