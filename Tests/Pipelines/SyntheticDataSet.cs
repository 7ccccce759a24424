using System.Buffers.Binary;
using System.Security.Cryptography;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>A folder with four IDX files of 28 x 28 pictures that are easy to tell apart: a class is a bright square at its own place.</summary>
internal static class SyntheticDataSet
{
    private const int Side = 28;
    private const int ClassCount = 10;

    /// <summary>Writes the files into a new folder.</summary>
    public static string Write(string folder, int train = 200, int test = 60)
    {
        Directory.CreateDirectory(folder);
        WritePart(folder, "train", train, seed: 1);
        WritePart(folder, "t10k", test, seed: 2);
        return folder;
    }

    /// <summary>A store that knows pictures of these by the names <c>mnist</c> and <c>fashion-mnist</c>, and nothing else.</summary>
    /// <param name="folder">Where it keeps them.</param>
    public static DataSetStore Store(string folder) => new(new DataSetStoreOptions
    {
        DataSets = [Describe(DataSetCatalog.Mnist, Write(Path.Combine(folder, "mnist"))), Describe(DataSetCatalog.FashionMnist, Write(Path.Combine(folder, "fashion-mnist")))],
        SystemFolders = [folder],
        CacheFolder = Path.Combine(folder, "cache"),
        AllowDownload = false,
    });

    private static DataSetInfo Describe(DataSetInfo dataSet, string folder)
    {
        return dataSet with
        {
            TrainImages = Describe(dataSet.TrainImages),
            TrainLabels = Describe(dataSet.TrainLabels),
            TestImages = Describe(dataSet.TestImages),
            TestLabels = Describe(dataSet.TestLabels),
        };

        DataSetFile Describe(DataSetFile file)
        {
            byte[] content = File.ReadAllBytes(Path.Combine(folder, file.Name));
            return file with { Length = content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        }
    }

    private static void WritePart(string folder, string prefix, int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % ClassCount);
            int top = 2 + (labels[i] / 5 * 14) + random.Next(3);
            int left = (labels[i] % 5 * 5) + random.Next(3);
            for (int y = top; y < top + 8; y++)
            {
                pixels.AsSpan((((i * Side) + y) * Side) + left, 5).Fill((byte)random.Next(150, 256));
            }
        }

        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), [.. Header(3, count, Side, Side), .. pixels]);
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), [.. Header(1, count), .. labels]);
    }

    // https://yann.lecun.com/exdb/mnist: 0, 0, 8 (unsigned byte), number of dimensions, each dimension big-endian
    private static byte[] Header(byte rank, params int[] dimensions)
    {
        var header = new byte[4 + (4 * rank)];
        header[2] = 8;
        header[3] = rank;
        for (int i = 0; i < rank; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        return header;
    }
}
