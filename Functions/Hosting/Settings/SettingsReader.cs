using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Autopay.Hosting.Settings;

/// <summary>Reads settings by the names of their properties. Properties that are no settings cannot be set.</summary>
internal static partial class SettingsReader
{
    /// <inheritdoc cref="Fill"/>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        T options = new();
        Fill(options, configuration);
        return options;
    }

    /// <summary>What is not configured keeps its default.</summary>
    /// <exception cref="InvalidOperationException">A value is not of its setting's type.</exception>
    public static void Fill<T>(T options, IConfiguration configuration)
        where T : class
    {
        var section = configuration.GetSection(SectionOf(typeof(T)));
        foreach (var property in typeof(T).GetProperties().Where(it => it.IsDefined(typeof(SettingAttribute))))
        {
            if (Read(section.GetSection(property.Name), property.PropertyType) is { } value)
            {
                property.SetValue(options, value);
            }
        }
    }

    /// <summary>The constant <c>Section</c> of a type, else the section of what a city may decide.</summary>
    public static string SectionOf(Type options) =>
        options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        ?? SettingAttribute.CitySection;

    private static object? Read(IConfigurationSection setting, Type type) =>
        type == typeof(IReadOnlyList<int>) ? ReadNumbers(setting) : setting.Get(type);

    private static List<int>? ReadNumbers(IConfigurationSection setting) =>
        setting.Value switch
        {
            null => null,
            { } text when NumbersPattern().IsMatch(text) =>
            [
                .. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
            ],
            { } text => throw new InvalidOperationException(
                $"{setting.Path}: '{text}' is no list of whole numbers below 100, such as 5,10."
            ),
        };

    [GeneratedRegex("^[0-9]{1,2}(,[0-9]{1,2})*$")]
    private static partial Regex NumbersPattern();
}
