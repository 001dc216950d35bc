namespace Autopay.Domain;

/// <summary>Who gives a setting its value on Azure.</summary>
public enum SettingSource
{
    /// <summary>The city, where its parameters differ from <c>infra/app-settings.json</c>.</summary>
    City,

    /// <summary>The deployment: it is worked out from what lies beside the app.</summary>
    Deployment,

    /// <summary>Whoever starts the local host; on Azure it means nothing.</summary>
    LocalHost,
}

/// <summary>
/// Makes a property a setting: it is read from <c>{section}__{property}</c>, its initial value is the default, and
/// docs/settings.md, infra/app-settings.json and local.settings.sample.json show it. The section is the constant
/// <c>Section</c> of its type. A constant with this attribute names a setting that is read by that name.
/// </summary>
/// <param name="meaning">One sentence for whoever sets it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>The section of types that name none: what a city may decide.</summary>
    public const string CitySection = "Autopay";

    public string Meaning { get; } = meaning;

    /// <summary>Such as cents or banking days; empty where the value says it.</summary>
    public string Unit { get; init; } = "";

    public SettingSource SetBy { get; init; }

    /// <summary>The default in words; null where it is the property's initial value.</summary>
    public string? Default { get; init; }

    /// <summary>The value in local.settings.sample.json; null where it is the default.</summary>
    public string? Sample { get; init; }
}
