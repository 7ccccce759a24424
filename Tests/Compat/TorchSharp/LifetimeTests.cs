using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class LifetimeTests
{
    [TestMethod]
    public void TrainingSteps_LeaveNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(("enc", Linear(8, 3)), ("act", ReLU()), ("dec", Linear(3, 8)));
        using var optimizer = optim.Adam(model.parameters());
        var batch = rand(4, 8);
        Step(model, optimizer, batch);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (int i = 0; i < 1000; i++)
        {
            Step(model, optimizer, batch);
        }

        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TestMethod]
    public void AScope_DisposesOfWhatWasNotMovedOut()
    {
        using var outer = NewDisposeScope();
        Tensor inside, moved, detached;
        using (NewDisposeScope())
        {
            inside = ones(2);
            moved = ones(2).MoveToOuterDisposeScope();
            detached = ones(2).DetachFromDisposeScope();
        }

        Assert.IsTrue(inside.IsInvalid);
        Assert.IsFalse(moved.IsInvalid);
        outer.Dispose();
        Assert.IsTrue(moved.IsInvalid);
        Assert.IsFalse(detached.IsInvalid);
        detached.Dispose();
    }

    [TestMethod]
    public void AModule_TakesItsParametersAlong()
    {
        var model = Sequential(("a", Linear(2, 2)), ("b", BatchNorm1d(2)));
        var tensors = model.state_dict().Values.ToList();

        model.Dispose();

        Assert.HasCount(7, tensors);
        Assert.IsTrue(tensors.All(t => t.IsInvalid));
    }

    [TestMethod]
    public void ADisposedTensor_CanBeDisposedOfAgain()
    {
        var tensor = ones(2);
        tensor.Dispose();
        tensor.Dispose();

        Assert.IsTrue(tensor.IsInvalid);
    }

    private static void Step(Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor batch)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        functional.mse_loss(model.call(batch), batch).backward();
        optimizer.step();
    }
}
