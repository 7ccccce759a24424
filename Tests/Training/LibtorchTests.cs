using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LibtorchTests
{
    [TestMethod]
    public void WhereItIsLoadedTheVersionIsAmongTheLibraries()
    {
        Libtorch.Require();
        Assert.IsNull(Libtorch.Fault);
        Assert.AreEqual(torch.__version__, LibraryVersion.Describe().Single(library => library.Name == "libtorch").Version);
    }

    [TestMethod]
    [DataRow(
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies. Set LD_DEBUG: \n/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n",
        "libtorch can't be loaded: this system's libstdc++ lacks GLIBCXX_3.4.32,")]
    [DataRow("\nlibtorch_cpu.so: cannot open shared object file: No such file or directory.\nmore", ": libtorch_cpu.so: cannot open shared object file: No such file or directory. It is there for linux-x64,")]
    public void WhatTheLoaderSaysBecomesOneSentence(string loader, string expected)
    {
        string sentence = Libtorch.Sentence(loader);
        StringAssert.Contains(sentence, expected);
        Assert.DoesNotContain('\n', sentence);
    }
}
