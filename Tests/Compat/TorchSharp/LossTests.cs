using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class LossTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Reduction, Tensor>> s_losses = new()
    {
        ["mse"] = (p, t, _, reduction) => functional.mse_loss(p, t, reduction),
        ["l1"] = (p, t, _, reduction) => functional.l1_loss(p, t, reduction),
        ["bce"] = (p, t, _, reduction) => functional.binary_cross_entropy(p, t, reduction: reduction),
        ["bce_with_logits"] = (_, t, z, reduction) => functional.binary_cross_entropy_with_logits(z, t, reduction: reduction),
        ["kl_div"] = (p, t, _, reduction) => functional.kl_div(p.log(), t, reduction: reduction),
        ["huber"] = (p, t, _, reduction) => functional.smooth_l1_loss(p, t, reduction),
        ["cross_entropy"] = (_, _, z, reduction) => functional.cross_entropy(z, tensor(new long[] { 1, 0, 3 }), reduction: reduction),
    };

    public static IEnumerable<object[]> Recorded =>
        TorchGolden.Names("losses").Where(row => row[0] is not ("prediction" or "target" or "logits"));

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void ALoss_IsTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = TorchGolden.Read("losses");
        Tensor Input(string key) => TorchGolden.ToTensor(recorded.GetProperty(key));
        int split = name.LastIndexOf('_');

        var loss = s_losses[name[..split]](Input("prediction"), Input("target"), Input("logits"), Enum.Parse<Reduction>(name[(split + 1)..]));

        TorchGolden.AreClose(recorded.GetProperty(name), loss, name);
    }
}
