using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ReportPageTests
{
    private const string Hostile = "<script>alert('{{lead}}')</script>\"&";

    [TestMethod]
    public void EveryTextIsEscapedWhereverItIsShown()
    {
        string page = ReportPage.Render(Content(Hostile));

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("'{{lead}}'", page);
        int shown = Regex.Count(page, Regex.Escape("&lt;script&gt;alert(&#39;{{lead}}&#39;)&lt;/script&gt;&quot;&amp;"));
        Assert.IsGreaterThanOrEqualTo(14, shown);
    }

    [TestMethod]
    public void PageNeedsNothingFromOutside()
    {
        string page = ReportPage.Render(Content("text"));

        foreach (Match source in Regex.Matches(page, "(src|href)=\"([^\"]*)\""))
        {
            Assert.StartsWith("data:image/png;base64,", source.Groups[2].Value);
        }

        Assert.DoesNotContain("url(", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("{{", page);
    }

    [TestMethod]
    public void LossChartIsWellFormedAndHasAPointForEveryEpoch()
    {
        string svg = LossChart.Render([new LossCurve("training", [0.05, 0.03, 0.02]), new LossCurve("test", [0.04, 0.031, 0.025])]);

        var root = XElement.Parse(svg);
        Assert.AreEqual(6, root.Elements("circle").Count());
        CollectionAssert.IsSubsetOf(new[] { "1", "2", "3", "epoch", "loss", "training", "test" }, root.Elements("text").Select(t => t.Value).ToArray());
        foreach (var line in root.Elements("polyline"))
        {
            double[] heights = [.. ((string)line.Attribute("points")!).Split(' ').Select(p => double.Parse(p.Split(',')[1]))];
            CollectionAssert.AreEqual(heights.Order().ToArray(), heights, "a falling loss must fall on the page");
        }
    }

    [TestMethod]
    [DataRow(0.0231)]
    [DataRow(0.0)]
    public void LossChartOfASingleEpochHasAnAxis(double loss)
    {
        var root = XElement.Parse(LossChart.Render([new LossCurve("training", [loss])]));
        Assert.AreEqual(1, root.Elements("circle").Count());
        Assert.DoesNotContain("NaN", root.ToString());
    }

    [TestMethod]
    public void LossThatIsNotANumberIsLeftOut() =>
        Assert.AreEqual(1, XElement.Parse(LossChart.Render([new LossCurve("training", [0.1, double.NaN])])).Elements("circle").Count());

    private static ReportContent Content(string text) => new()
    {
        Title = text,
        Lead = text,
        Headlines = [(text, text)],
        Losses = [new LossCurve(text, [0.5, 0.25])],
        LossNote = text,
        Images = [new ImageRow(text, 2, 2, [[0, 80, 160, 255]], [text])],
        ImageNote = text,
        Accuracies = [new AccuracyRow(text, text, DrawSummary.Of([0.75, 0.77]), IsOurs: true)],
        AccuracyNote = text,
        Facts = [(text, text)],
    };
}
