using System.Diagnostics;
using System.Net.Sockets;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void AFailureLeavesTheFileAsItWas()
    {
        AtomicFile.Write(_folder["a.txt"], stream => stream.WriteByte(1));
        Assert.ThrowsExactly<InvalidDataException>(() => AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.WriteByte(2);
            throw new InvalidDataException();
        }));
        CollectionAssert.AreEqual(new byte[] { 1 }, File.ReadAllBytes(_folder["a.txt"]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AFileInMemoryIsAFileLikeAnyOther()
    {
        string path = $"/dev/shm/onnxae-test-{Guid.NewGuid():N}"; // below /dev, and no device
        try
        {
            AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
            AtomicFile.Write(path, stream => stream.WriteByte(4));
            CollectionAssert.AreEqual(new byte[] { 4 }, File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("/dev/null", true)]
    [DataRow("/dev/stdout", true)] // whatever it leads to
    [DataRow("/dev/fd/1", true)]
    [DataRow("/dev", false)]
    [DataRow("/etc/passwd", false)]
    [DataRow("/dev/nothing-there", false)]
    public void DevicesAreToldFromFiles(string path, bool isSpecial) => Assert.AreEqual(isSpecial, SpecialFile.Is(path));

    [TestMethod]
    [Timeout(20_000)] // to open a pipe would wait for its other end
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void PipesAndSocketsAreToldFromFilesWithoutWaiting()
    {
        Process.Start("mkfifo", [_folder["pipe"]]).WaitForExit();
        File.CreateSymbolicLink(_folder["link-to-pipe"], _folder["pipe"]);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        _folder.Write("empty", []);
        _folder.Write("full", [1]);
        File.CreateSymbolicLink(_folder["link-to-file"], _folder["empty"]);
        File.CreateSymbolicLink(_folder["link-to-nothing"], _folder["nothing"]);
        foreach (string special in new[] { "pipe", "link-to-pipe", "socket" })
        {
            Assert.IsTrue(SpecialFile.Is(_folder[special]), special);
        }

        foreach (string other in new[] { "empty", "full", "link-to-file", "link-to-nothing", "nothing" })
        {
            Assert.IsFalse(SpecialFile.Is(_folder[other]), other);
        }
    }

    [TestMethod]
    [DataRow("folder", "is a folder")]
    [DataRow("missing/a.txt", "can't be written")]
    public void APlaceThatTakesNoFileIsNamedAsTheUserNamedIt(string name, string sentence)
    {
        Directory.CreateDirectory(_folder["folder"]);
        IOException exception = Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(_folder[name], _ => Assert.Fail("nothing is written")));
        Assert.StartsWith($"'{_folder[name]}' ", exception.Message);
        Assert.Contains(sentence, exception.Message);
    }
}
