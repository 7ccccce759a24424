using System.Xml.Linq;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EfficiencyChartTests
{
    [TestMethod]
    public void CurveFallsWithTheErrorAndHasAPointForEveryNumberOfLabels()
    {
        var root = XElement.Parse(EfficiencyChart.Render(
        [
            new EfficiencyCurve("a < b", [(60, 20, 2), (600, 5, 0.5), (60_000, 1, 0)]),
            new EfficiencyCurve("other", [(600, 8, 9)]),
        ]));

        Assert.HasCount(2, root.Elements("g").ToArray());
        Assert.AreEqual(4, root.Descendants("circle").Count());
        CollectionAssert.IsSubsetOf(new[] { "60", "600", "60,000", "labels", "test error", "5 %", "a < b" }, root.Descendants("text").Select(text => text.Value).ToArray());
        string[] points = ((string)root.Elements("g").First().Element("polyline")!.Attribute("points")!).Split(' ');
        double[] heights = [.. points.Select(point => double.Parse(point.Split(',')[1]))];
        CollectionAssert.AreEqual(heights.Order().ToArray(), heights);
        Assert.DoesNotContain("NaN", root.ToString());
    }
}
