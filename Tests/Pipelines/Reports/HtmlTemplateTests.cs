using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class HtmlTemplateTests
{
    [TestMethod]
    public void TwoBracesEscapeAndThreeDoNot()
    {
        var values = new Dictionary<string, string> { ["a"] = "<b>" };
        Assert.AreEqual("&lt;b&gt; <b>", new HtmlTemplate("{{a}} {{{a}}}").Render(values));
    }

    [TestMethod]
    public void ValueThatIsNotGivenIsAnError() =>
        Assert.ThrowsExactly<KeyNotFoundException>(() => new HtmlTemplate("{{a}}").Render(new Dictionary<string, string>()));
}
