using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ErrorSentenceTests
{
    [TestMethod]
    public void MessageOfSeveralLinesBecomesOne()
    {
        var (sentence, exitCode) = ErrorSentence.For(new InvalidDataException("Bad magic.\r\n   Expected 2051.\n"));
        Assert.AreEqual("Bad magic. Expected 2051.", sentence);
        Assert.AreEqual(ExitCode.Failure, exitCode);
    }

    [TestMethod]
    public void MissingFileIsNamedEvenWhereTheMessageDoesNot() =>
        Assert.Contains("a.idx", ErrorSentence.For(new FileNotFoundException("Not there.", "a.idx")).Sentence);

    [TestMethod]
    public void NameOfAParameterIsNotShown() =>
        Assert.AreEqual("No such set.", ErrorSentence.For(new ArgumentException("No such set.", "name")).Sentence);

    [TestMethod]
    public void CancellationHasTheExitCodeOfShells() =>
        Assert.AreEqual(130, ErrorSentence.For(new TaskCanceledException()).ExitCode);

    [TestMethod]
    public void AReaderThatHasGoneIsNoErrorToSpeakOf()
    {
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.BrokenPipe, ErrorSentence.Write(new IOException("Broken pipe", 32), console.Context));
        Assert.AreEqual("", console.Error);
    }

    [TestMethod]
    public void CauseIsFoundInsideItsWrappings()
    {
        var wrapped = new AggregateException(new TypeInitializationException("T", new UsageException("Say what.")));
        Assert.AreEqual(("Say what.", ExitCode.Usage), ErrorSentence.For(wrapped));
    }

    [TestMethod]
    public void WhatAThreadOfMLNetMetIsSaid()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10_000).Select(row => row < 9_000
            ? new Point { Features = [1, 2] }
            : throw new InvalidDataException("Row 9,001 is bad.")));
        IDataView twice = ml.Transforms.Concatenate("Both", "Features", "Features").Fit(rows).Transform(rows);
        IDataView scaled = ml.Transforms.NormalizeMinMax("Both").Fit(ml.Data.TakeRows(twice, 100)).Transform(twice);
        InvalidOperationException wrapped = Assert.ThrowsExactly<InvalidOperationException>(() => scaled.GetColumn<float[]>("Both").Count());
        Assert.AreEqual(("Row 9,001 is bad.", ExitCode.Failure), ErrorSentence.For(wrapped));
    }

    [TestMethod]
    public void UnforeseenFailureSaysHowToLearnMore()
    {
        var (sentence, exitCode) = ErrorSentence.For(new KeyNotFoundException("Oops."));
        Assert.Contains("ONNXAE_DEBUG=1", sentence);
        Assert.AreNotEqual(ExitCode.Success, exitCode);
    }

    [TestMethod]
    public void TraceIsShownOnlyWhenDebugging()
    {
        var quiet = new PlainConsole();
        ErrorSentence.Write(new IOException("Disk full."), quiet.Context);
        Assert.AreEqual("onnxae: Disk full.\n", quiet.Error);

        var debug = new PlainConsole();
        ErrorSentence.Write(new IOException("Disk full."), debug.Context with { Debug = true });
        Assert.Contains(nameof(IOException), debug.Error);
    }
}
