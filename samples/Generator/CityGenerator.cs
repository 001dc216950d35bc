using Autopay.Samples.Generator.Stories;

namespace Autopay.Samples.Generator;

public static class CityGenerator
{
    public static City Generate(CityOptions options)
    {
        var city = options.Checked();
        return city.Plain ? PlainCity.Generate(city) : StoryCity.Generate(city);
    }
}
