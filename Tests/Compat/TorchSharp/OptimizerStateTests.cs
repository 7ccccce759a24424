using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class OptimizerStateTests
{
    private static readonly Dictionary<string, Func<Parameter, OptimizerHelper>> s_optimizers = new()
    {
        ["SGD"] = p => optim.SGD([p], 0.1),
        ["SGD with momentum"] = p => optim.SGD([p], 0.1, momentum: 0.9, dampening: 0.5, nesterov: false),
        ["Adam"] = p => optim.Adam([p], 0.1, weight_decay: 0.01),
        ["AdamW"] = p => optim.AdamW([p], 0.1),
        ["RMSProp"] = p => optim.RMSProp([p], 0.1, momentum: 0.9),
    };

    public static IEnumerable<object[]> Names => s_optimizers.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AStateThatWasLoaded_GoesOnToTheBit(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = Start();
        using var optimizer = s_optimizers[name](parameter);
        Step(optimizer, parameter, 3);
        var copy = new Parameter(parameter.detach().clone());
        byte[] saved = Save(optimizer);

        using var resumed = s_optimizers[name](copy);
        Load(resumed, saved);
        Step(optimizer, parameter, 3);
        Step(resumed, copy, 3);

        CollectionAssert.AreEqual(TorchGolden.Floats(parameter), TorchGolden.Floats(copy));
        CollectionAssert.AreEqual(Save(optimizer), Save(resumed));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ACutState_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = Start();
        using var optimizer = s_optimizers[name](parameter);
        Step(optimizer, parameter, 1);
        byte[] saved = Save(optimizer);

        for (int length = 0; length < saved.Length; length++)
        {
            Assert.ThrowsExactly<EndOfStreamException>(() => Load(optimizer, saved[..length]));
        }
    }

    [TestMethod]
    public void AFreshAdam_IsWrittenAsTheOriginalWritesIt()
    {
        using var scope = NewDisposeScope();
        using var expected = new MemoryStream();
        using var writer = new BinaryWriter(expected);
        writer.Write("Adam");
        writer.Write([1, 1]); // one group, one parameter
        foreach (double option in new[] { 0.1, 0.1, 0.9, 0.999, 1e-8, 0.01 })
        {
            writer.Write(option); // first rate, rate, beta1, beta2, eps, weight_decay
        }

        writer.Write([0, 0]); // amsgrad, maximize
        writer.Write(0L); // steps
        for (int moment = 0; moment < 2; moment++)
        {
            writer.Write([6, 1, 3]); // float, of one dimension, of 3
            writer.Write(new byte[3 * sizeof(float)]);
        }

        writer.Write(false); // no largest square
        using var adam = s_optimizers["Adam"](Start());

        CollectionAssert.AreEqual(expected.ToArray(), Save(adam));
    }

    [TestMethod]
    public void TheStateOfAnotherOptimizer_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var adam = optim.Adam([Start()]);
        using var sgd = optim.SGD([Start()], 0.1);

        var thrown = Assert.ThrowsExactly<InvalidDataException>(() => Load(sgd, Save(adam)));

        Assert.AreEqual("Mismatched optimizer type: expected 'SGD', but found 'Adam' in the loaded stream.", thrown.Message);
    }

    [TestMethod]
    public void TheStateOfMoreParameters_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var one = optim.Adam([Start()]);
        using var two = optim.Adam([Start(), Start()]);

        Assert.ThrowsExactly<ArgumentException>(() => Load(one, Save(two)));
    }

    private static Parameter Start() => new(tensor(new[] { 0.5f, -1f, 2f }));

    private static void Step(optim.Optimizer optimizer, Parameter parameter, int count)
    {
        for (int i = 0; i < count; i++)
        {
            optimizer.zero_grad();
            (parameter * parameter + parameter).sum().backward();
            optimizer.step();
        }
    }

    private static byte[] Save(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static void Load(OptimizerHelper optimizer, byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved), Encoding.UTF8);
        optimizer.load_state_dict(reader);
    }
}
