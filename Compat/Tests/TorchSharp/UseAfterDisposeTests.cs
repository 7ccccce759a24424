using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.StandIns.TorchSharp;

/// <summary>What was disposed of is refused before native code sees it; the original would crash at some of these.</summary>
[TestClass]
public class UseAfterDisposeTests
{
    private static readonly Dictionary<string, Action> s_uses = new()
    {
        ["an operand"] = () => _ = ones(2) + Disposed(ones(2)),
        ["an element of a list"] = () => cat([ones(2), Disposed(ones(2))]),
        ["an optional argument"] = () =>
        {
            var layer = Linear(2, 3);
            layer.bias!.Dispose();
            layer.call(ones(1, 2));
        },
        ["the target of a change"] = () => Disposed(ones(2)).add_(ones(2)),
        ["a shape"] = () => _ = Disposed(ones(2)).shape,
        ["a device"] = () => _ = Disposed(ones(2)).device,
        ["bytes"] = () => _ = Disposed(ones(2)).bytes.Length,
        ["a gradient"] = () => _ = Disposed(ones(2)).grad,
        ["a new gradient"] = () => ones(2).requires_grad_().grad = Disposed(ones(2)),
        ["backward"] = () => Disposed(ones(1).requires_grad_().sum()).backward(),
        ["gradients by it"] = () => autograd.grad([ones(1).requires_grad_().sum()], [Disposed(ones(1))]),
        ["an accessor of it"] = () =>
        {
            var tensor = ones(2);
            var data = tensor.data<float>();
            tensor.Dispose();
            data.ToArray();
        },
        ["a module"] = () => Disposed(Sequential(("a", Linear(2, 2)), ("b", BatchNorm1d(2)))).call(ones(2, 2)),
        ["a saved module"] = () => Disposed(Linear(2, 2)).save(new MemoryStream()),
        ["an optimizer's parameter"] = () =>
        {
            var parameter = new Parameter(ones(2));
            var adam = optim.Adam([parameter]);
            parameter.Dispose();
            adam.step();
        },
        ["an optimizer"] = () =>
        {
            var parameter = new Parameter(ones(2));
            parameter.sum().backward();
            Disposed(optim.Adam([parameter])).step();
        },
        ["a saved optimizer"] = () => Disposed(optim.Adam([new Parameter(ones(2))])).save_state_dict(new BinaryWriter(new MemoryStream())),
        ["a state of a generator"] = () => random.set_rng_state(Disposed(random.get_rng_state())),
        ["a generator"] = () => randn(2, generator: Disposed(new Generator(1))),
        ["a generator's state"] = () => Disposed(new Generator(1)).get_state(),
    };

    public static IEnumerable<object[]> Names => s_uses.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void WhatWasDisposedOf_IsRefused(string name)
    {
        using var scope = NewDisposeScope();

        Assert.Throws<InvalidOperationException>(s_uses[name]); // ObjectDisposedException is one
    }

    [TestMethod]
    public void DisposingDuringACall_WaitsForItsEnd()
    {
        for (int i = 0; i < 200; i++)
        {
            var tensor = rand(64, 64);
            using var start = new Barrier(2);
            var disposing = Task.Run(() =>
            {
                start.SignalAndWait();
                tensor.Dispose();
            });
            start.SignalAndWait();
            try
            {
                using var product = tensor.matmul(tensor);
            }
            catch (InvalidOperationException)
            {
                Assert.IsTrue(tensor.IsInvalid);
            }

            disposing.Wait();
        }
    }

    private static T Disposed<T>(T value) where T : IDisposable
    {
        value.Dispose();
        return value;
    }
}
