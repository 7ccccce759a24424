using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class NeighborSearchTests
{
    private const double Rounding = 1e-5;

    [TestMethod]
    [DataRow(1, 3, 4)]
    [DataRow(2, 1, 4)]
    [DataRow(5, 7, 10)]
    [DataRow(127, 2, 3)]
    [DataRow(128, 17, 5)]
    [DataRow(300, 40, 10)]
    [DataRow(130, 600, 7)]
    public void Neighbors_are_those_of_a_search_by_brute_force(int count, int dimension, int neighborCount)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            double[][] points = Points(count, dimension, seed);
            NeighborLists found = Find(points, neighborCount);
            for (int row = 0; row < count; row++)
            {
                double[] expected = [.. Enumerable.Range(0, count).Where(i => i != row).Select(i => Cosine(points[row], points[i]))
                    .Where(c => c > Rounding).OrderDescending().Take(neighborCount)];
                int[] rows = found.Rows(row).ToArray();
                float[] similarities = found.Similarities(row).ToArray();
                Assert.IsGreaterThanOrEqualTo(expected.Length, rows.Length);
                CollectionAssert.AllItemsAreUnique(rows);
                CollectionAssert.DoesNotContain(rows, row);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.AreEqual(expected[i], similarities[i], Rounding, $"neighbor {i} of row {row}");
                    Assert.AreEqual(expected[i], Cosine(points[row], points[rows[i]]), Rounding, $"neighbor {i} of row {row}: another row's cosine");
                }
            }
        }
    }

    [TestMethod]
    public void The_number_of_threads_changes_nothing()
    {
        double[][] points = Points(400, 5, seed: 4);
        for (int i = 0; i < 100; i++)
        {
            points[i + 200] = points[i]; // ties
        }

        NeighborLists one = Find(points, 6, threads: 1);
        NeighborLists many = Find(points, 6, threads: 8);
        for (int row = 0; row < points.Length; row++)
        {
            CollectionAssert.AreEqual(one.Rows(row).ToArray(), many.Rows(row).ToArray());
            CollectionAssert.AreEqual(one.Similarities(row).ToArray(), many.Similarities(row).ToArray());
        }
    }

    [TestMethod]
    public void Of_rows_that_are_as_near_the_earlier_ones_are_neighbors()
    {
        double[][] points = [.. Enumerable.Repeat(new[] { 3.0, 4.0 }, 200)];
        NeighborLists found = Find(points, 3);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, found.Rows(0).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, found.Rows(199).ToArray());
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void Rows_of_zeros_or_with_numbers_that_are_not_finite_have_no_neighbors(double value)
    {
        double[][] points = Points(150, 4, seed: 2);
        points[7] = [0, value, 0, 0];
        points[140] = [value, 0, value, 0];
        NeighborLists found = Find(points, 149);
        Assert.AreEqual(0, found.Rows(7).Length);
        for (int row = 0; row < points.Length; row++)
        {
            Assert.DoesNotContain(7, found.Rows(row).ToArray());
            Assert.DoesNotContain(140, found.Rows(row).ToArray());
        }
    }

    [TestMethod]
    public void Links_go_both_ways_and_weigh_twice_where_each_is_a_neighbor_of_the_other()
    {
        NeighborLists neighbors = Find(Points(200, 6, seed: 3), 5);
        NeighborGraph graph = NeighborGraph.Of(neighbors, power: 3);
        NeighborGraph symmetric = graph.DividedByBoth();
        for (int row = 0; row < graph.Count; row++)
        {
            int[] targets = graph.Targets(row).ToArray();
            CollectionAssert.AreEqual(targets.Distinct().Order().ToArray(), targets);
            foreach (int target in targets)
            {
                float cosine = Similarity(neighbors, row, target) ?? Similarity(neighbors, target, row) ?? 0;
                int directions = (Similarity(neighbors, row, target) is null ? 0 : 1) + (Similarity(neighbors, target, row) is null ? 0 : 1);
                Assert.AreEqual(directions * Math.Pow(cosine, 3), Weight(graph, row, target), Rounding);
                Assert.AreEqual(Weight(graph, row, target), Weight(graph, target, row));
                Assert.AreEqual(Weight(symmetric, row, target), Weight(symmetric, target, row));
            }

            foreach (int target in neighbors.Rows(row))
            {
                Assert.Contains(target, targets);
            }
        }
    }

    [TestMethod]
    public void Weights_divided_by_row_add_up_to_one()
    {
        NeighborGraph graph = NeighborGraph.Of(Find(Points(90, 3, seed: 5), 4), power: 1).DividedByRow();
        for (int row = 0; row < graph.Count; row++)
        {
            Assert.AreEqual(1, graph.Weights(row).ToArray().Sum(), Rounding);
        }
    }

    internal static double[][] Points(int count, int dimension, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimension).Select(_ => (2 * random.NextDouble()) - 0.8).ToArray())];
    }

    private static NeighborLists Find(double[][] points, int neighborCount, int threads = 2)
    {
        PackedRows rows = new(points[0].Length);
        foreach (double[] point in points)
        {
            rows.Add(point);
        }

        return NeighborSearch.Find(rows, neighborCount, new ParallelOptions { MaxDegreeOfParallelism = threads });
    }

    private static double Cosine(double[] a, double[] b)
        => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    private static float? Similarity(NeighborLists neighbors, int row, int target)
    {
        int place = neighbors.Rows(row).IndexOf(target);
        return place < 0 ? null : neighbors.Similarities(row)[place];
    }

    private static float Weight(NeighborGraph graph, int row, int target) => graph.Weights(row)[graph.Targets(row).IndexOf(target)];
}
