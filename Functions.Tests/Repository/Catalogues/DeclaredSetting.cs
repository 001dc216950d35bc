using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Autopay.Hosting;
using Autopay.Hosting.Settings;
using Autopay.LocalHost.Hosting;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>A setting as the code declares it.</summary>
/// <param name="Section">Null of one that is read by its whole name.</param>
/// <param name="Default">The text that means the default.</param>
/// <param name="Range">What it may be; empty where the type says it.</param>
internal sealed record DeclaredSetting(
    string? Section,
    string Name,
    Type Type,
    string Default,
    string Range,
    SettingAttribute About
)
{
    /// <summary>In the order of sections, types and lines.</summary>
    public static IReadOnlyList<DeclaredSetting> All { get; } =
    [
        .. new[] { typeof(AutopayServices).Assembly, typeof(LocalApp).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .SelectMany(type => PropertiesOf(type).Concat(NamesOf(type)))
            .OrderBy(setting => setting.Section is null)
            .ThenBy(setting => setting.Section, StringComparer.Ordinal),
    ];

    /// <summary>Those that mean something on Azure too.</summary>
    public static IEnumerable<DeclaredSetting> OfTheApp =>
        All.Where(setting => setting.About.SetBy != SettingSource.LocalHost);

    /// <summary>Those of them that are bound to a record: a deployment has every one.</summary>
    public static IEnumerable<DeclaredSetting> Bound => OfTheApp.Where(setting => setting.Section is not null);

    /// <summary>The type of its elements; null of all but the lists of records.</summary>
    public Type? Element =>
        Type.IsGenericType && Type.GetGenericArguments()[0] is { IsPrimitive: false } element ? element : null;

    private static IEnumerable<DeclaredSetting> PropertiesOf(Type type) =>
        from property in type.GetProperties().OrderBy(property => property.MetadataToken)
        let about = property.GetCustomAttribute<SettingAttribute>()
        where about is not null
        let section = SettingsReader.SectionOf(type)
        let value = property.GetValue(Activator.CreateInstance(type))
        let name = $"{section}__{property.Name}"
        select new DeclaredSetting(section, name, property.PropertyType, TextOf(value), RangeOf(property), about);

    private static IEnumerable<DeclaredSetting> NamesOf(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        let about = field.GetCustomAttribute<SettingAttribute>()
        where about is not null
        let name = (string)field.GetRawConstantValue()!
        let shown = char.IsLower(name[0]) ? $"--{name}" : name.Replace(":", "__", StringComparison.Ordinal)
        select new DeclaredSetting(null, shown, typeof(string), "", "", about);

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum}–{range.Maximum}")
            : string.Join(
                ", ",
                property.GetCustomAttribute<AllowedValuesAttribute>()?.Values
                    ?? (property.PropertyType.IsEnum ? Enum.GetNames(property.PropertyType) : [])
            );

    public static string TextOf(object? value) =>
        value switch
        {
            TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
            Uri address => address.OriginalString,
            IReadOnlyList<int> numbers => string.Join(',', numbers),
            System.Collections.ICollection { Count: 0 } => "",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
