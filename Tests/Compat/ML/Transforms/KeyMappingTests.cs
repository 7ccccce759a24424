using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Transforms;

[TestClass]
public sealed class KeyMappingTests
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly string[] Words = ["b", "a", "c", "a", "", "b"];

    [TestMethod]
    [DataRow(ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence, 1000000, "byOccurrence")]
    [DataRow(ValueToKeyMappingEstimator.KeyOrdinality.ByValue, 1000000, "byValue")]
    [DataRow(ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence, 2, "max2")]
    public void KeysAndWordsAreTheOriginals(ValueToKeyMappingEstimator.KeyOrdinality order, int maximum, string record)
    {
        JsonElement expected = GoldenData.Read("keys.json").GetProperty(record);
        IDataView words = LoadWords();
        IDataView output = MapThereAndBack(order, maximum).Fit(words).Transform(words);

        Assert.AreSequenceEqual(expected.GetProperty("keys").Deserialize<uint[]>()!, output.GetColumn<uint>("Key").ToArray());
        Assert.AreSequenceEqual(expected.GetProperty("back").Deserialize<string[]>()!, output.GetColumn<string>("Back").ToArray());
        Assert.AreEqual(expected.GetProperty("type").GetString(), output.Schema["Key"].Type.ToString());
        SchemaDescription.AssertEqual(expected.GetProperty("schema"), output.Schema);
    }

    [TestMethod]
    public void SavedMapsGiveTheSameKeys()
    {
        IDataView words = LoadWords();
        IDataView output = SaveAndLoad(MapThereAndBack(ValueToKeyMappingEstimator.KeyOrdinality.ByValue, 100).Fit(words), words).Transform(words);

        Assert.AreSequenceEqual(new uint[] { 2, 1, 3, 1, 0, 2 }, output.GetColumn<uint>("Key").ToArray());
        Assert.AreSequenceEqual(Words, output.GetColumn<string>("Back").ToArray());
    }

    [TestMethod]
    public void NumbersMapToKeysAndNaNToNone()
    {
        IDataView numbers = Context.Data.LoadFromEnumerable(new float[] { 3, float.NaN, 2, 3 }.Select(value => new Number { Value = value }).ToArray());
        IDataView output = SaveAndLoad(Context.Transforms.Conversion.MapValueToKey("Key", "Value").Fit(numbers), numbers).Transform(numbers);

        Assert.AreSequenceEqual(new uint[] { 1, 0, 2, 1 }, output.GetColumn<uint>("Key").ToArray());
        Assert.IsTrue(output.Schema["Key"].HasKeyValues(NumberDataViewType.Single));
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords() => GoldenData.AssertThrowsAsRecorded(
        "keyToValue: not a key", () => Context.Transforms.Conversion.MapKeyToValue("Out", "Features").Fit(GoldenData.LoadTrain(Context)));

    private static EstimatorChain<KeyToValueMappingTransformer> MapThereAndBack(ValueToKeyMappingEstimator.KeyOrdinality order, int maximum) =>
        Context.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: order, maximumNumberOfKeys: maximum)
            .Append(Context.Transforms.Conversion.MapKeyToValue("Back", "Key"));

    private static ITransformer SaveAndLoad(ITransformer model, IDataView input)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(model, input.Schema, stream);
        return Context.Model.Load(stream, out _);
    }

    private static IDataView LoadWords() => Context.Data.LoadFromEnumerable(Words.Select(text => new Word { Text = text }).ToArray());

    private sealed class Word
    {
        public string Text { get; set; } = "";
    }

    private sealed class Number
    {
        public float Value { get; set; }
    }
}
