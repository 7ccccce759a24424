using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class LossTests
{
    [TestMethod]
    [DataRow(Reduction.None)]
    [DataRow(Reduction.Mean)]
    [DataRow(Reduction.Sum)]
    public void Losses_AreTheOriginals(Reduction reduction)
    {
        using var scope = NewDisposeScope();
        var recorded = TorchGolden.Read("losses");
        var p = TorchGolden.ToTensor(recorded.GetProperty("prediction"));
        var t = TorchGolden.ToTensor(recorded.GetProperty("target"));
        var z = TorchGolden.ToTensor(recorded.GetProperty("logits"));

        var losses = new Dictionary<string, Tensor>
        {
            ["mse_"] = functional.mse_loss(p, t, reduction),
            ["l1_"] = functional.l1_loss(p, t, reduction),
            ["bce_"] = functional.binary_cross_entropy(p, t, reduction: reduction),
            ["bce_with_logits_"] = functional.binary_cross_entropy_with_logits(z, t, reduction: reduction),
            ["kl_div_"] = functional.kl_div(p.log(), t, reduction: reduction),
            ["huber_"] = functional.smooth_l1_loss(p, t, reduction),
            ["cross_entropy_"] = functional.cross_entropy(z, tensor(new long[] { 1, 0, 3 }), reduction: reduction),
        };

        foreach (var (name, loss) in losses)
        {
            TorchGolden.AreClose(recorded.GetProperty(name + reduction), loss, name);
        }
    }
}
