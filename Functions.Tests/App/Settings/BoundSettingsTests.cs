using System.Reflection;
using Autopay.Application;
using Autopay.Application.Notifying;
using Autopay.Application.PublicStatus;
using Autopay.Application.Releasing;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Hosting.Telemetry;
using Autopay.Mailing;
using Autopay.Payments;
using Autopay.Tests.Repository.Catalogues;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.App.Settings;

/// <summary>What is typed in is in the record whose users read it.</summary>
public sealed class BoundSettingsTests
{
    private static readonly IReadOnlyList<Func<IConfiguration, object>> Records =
    [
        SettingsReader.Read<CityOptions>,
        SettingsReader.Read<Policies>,
        SettingsReader.Read<ProcessingOptions>,
        SettingsReader.Read<ReturnCeilings>,
        SettingsReader.Read<ReleaseOptions>,
        SettingsReader.Read<NoticeOptions>,
        SettingsReader.Read<SmtpOptions>,
        SettingsReader.Read<StatusOptions>,
        SettingsReader.Read<IdentityOptions>,
        SettingsReader.Read<StripeOptions>,
        SettingsReader.Read<TelemetryOptions>,
    ];

    public static TheoryData<string> Names() => [.. OwnSettings.Texts.Keys];

    [Fact]
    public void Every_setting_of_the_app_has_a_value_of_its_own_here() =>
        Assert.Equal(
            DeclaredSetting
                .Bound.Where(setting => setting.Element is null)
                .Select(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            OwnSettings.Texts.Keys.Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_that_is_typed_in_changes_the_property_of_its_name_and_no_other(string name)
    {
        var text = OwnSettings.Texts[name];
        var expected = ValuesOf([]);
        Assert.NotEqual(text, expected[name]);
        expected[name] = text;

        Assert.Equal(expected, ValuesOf([KeyValuePair.Create(name, text)]));
    }

    private static Dictionary<string, string> ValuesOf(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var typed = OwnSettings.Of(texts);
        return Records
            .Select(read => read(typed))
            .SelectMany(record =>
                record
                    .GetType()
                    .GetProperties()
                    .Where(property => property.IsDefined(typeof(SettingAttribute)))
                    .Select(property =>
                        KeyValuePair.Create(
                            $"{SettingsReader.SectionOf(record.GetType())}:{property.Name}",
                            DeclaredSetting.TextOf(property.GetValue(record))
                        )
                    )
            )
            .ToDictionary();
    }
}
