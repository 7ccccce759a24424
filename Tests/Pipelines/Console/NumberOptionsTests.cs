using System.CommandLine;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class NumberOptionsTests
{
    [TestMethod]
    [DataRow("0,5")]
    [DataRow("1,000")]
    [DataRow("5e")]
    [DataRow("NaN")]
    [DataRow("Infinity")]
    public async Task WhatIsNoNumberIsRefusedByEveryOptionOfANumber(string text)
    {
        int count = 0;
        foreach ((string[] words, Command command) in CliHelpTests.Commands())
        {
            foreach (Option option in command.Options.Where(option => IsNumber(option.ValueType)))
            {
                await PlainConsole.FailAsync(ExitCode.Usage, $"{option.Name} must be a", [.. words, option.Name, text]);
                count++;
            }
        }

        Assert.IsGreaterThan(30, count);
    }

    [TestMethod]
    public async Task ADecimalCommaIsToldFromOtherMistakes()
    {
        await PlainConsole.FailAsync(ExitCode.Usage, "--lr must be a number, not '0,5'; the decimal mark is a point", "train", "dense-49", "--lr", "0,5");
        await PlainConsole.FailAsync(ExitCode.Usage, "--lr must be a number, not 'fast'; see", "train", "dense-49", "--lr", "fast");
        await PlainConsole.FailAsync(ExitCode.Usage, "--fractions must be a number, not '0,5'", "experiment", "--fractions", "0.1", "0,5");
    }

    private static bool IsNumber(Type type)
    {
        type = type.GetElementType() ?? type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(System.Numerics.INumber<>));
    }
}
