using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>The page and the two files that have every setting, as texts.</summary>
internal static class SettingsDocument
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What the host reads by itself; the storage connections are settings like all others.
    private static readonly Dictionary<string, string> OfTheHost = new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["AzureWebJobsDisableHomepage"] = "true",
    };

    public static string Page(Type test)
    {
        var page = new StringBuilder(
            $"""
            # Settings

            Settings are environment variables (`Stripe__ApiKey`), command-line arguments (`--Stripe:ApiKey=...`) or `Values` of a
            `local.settings.json`. Durations are `hh:mm:ss`, lists have commas. On Azure the city sets what its parameters name; the rest
            keeps its default or is worked out by the deployment ([infra](../infra/README.md)).

            Written from the code's `[Setting]` attributes: {WrittenFile.HowToWrite(test)}.

            """.ReplaceLineEndings("\n")
        );
        foreach (var section in DeclaredSetting.OfTheApp.GroupBy(setting => setting.Section))
        {
            Table(page, section.Key ?? "Storage and export", section);
        }

        Table(page, "Local host only", DeclaredSetting.All.Except(DeclaredSetting.OfTheApp));
        return page.ToString();
    }

    /// <summary>What a deployment sets by itself where the city's parameters say nothing else.</summary>
    public static string AppSettings() =>
        Json(
            DeclaredSetting
                .Bound.Where(setting => setting.About.SetBy == SettingSource.City && setting.Element is null)
                .ToDictionary(setting => setting.Name, setting => setting.Default)
        );

    public static string Sample() =>
        Json(
            new
            {
                IsEncrypted = false,
                Values = OfTheHost
                    .Concat(DeclaredSetting.OfTheApp.Where(IsInSample).SelectMany(Values))
                    .ToDictionary(value => value.Key, value => value.Value),
            }
        );

    private static bool IsInSample(DeclaredSetting setting) => setting is not { Section: null, About.Sample: null };

    private static IEnumerable<KeyValuePair<string, string>> Values(DeclaredSetting setting) =>
        setting.Element is null
            ? [new(setting.Name, setting.About.Sample ?? setting.Default)]
            : Parts(setting)
                .Zip(setting.About.Sample!.Split('|'))
                .Select(part => new KeyValuePair<string, string>($"{setting.Name}__0__{part.First}", part.Second));

    private static IEnumerable<string> Parts(DeclaredSetting setting) =>
        setting.Element!.GetConstructors()[0].GetParameters().Select(parameter => parameter.Name!);

    private static void Table(StringBuilder page, string title, IEnumerable<DeclaredSetting> settings)
    {
        page.Append("\n## ").Append(title).Append("\n\n");
        page.Append("| setting | default | unit, range | meaning | set by |\n|---|---|---|---|---|\n");
        foreach (var setting in settings)
        {
            var cells = new[] { NameOf(setting), DefaultOf(setting), UnitOf(setting), setting.About.Meaning };
            page.Append("| ").AppendJoin(" | ", cells).Append(" | ").Append(WhoSets(setting)).Append(" |\n");
        }
    }

    private static string NameOf(DeclaredSetting setting) =>
        setting.Element is null
            ? $"`{setting.Name}`"
            : string.Join(
                ", ",
                Parts(setting).Select((part, n) => n == 0 ? $"`{setting.Name}__0__{part}`" : $"`__{part}`")
            );

    private static string DefaultOf(DeclaredSetting setting) =>
        setting.About.Default is { } words ? words
        : setting.Default.Length > 0 ? $"`{setting.Default}`"
        : "";

    private static string UnitOf(DeclaredSetting setting) =>
        string.Join(", ", new[] { setting.About.Unit, setting.Range }.Where(part => part.Length > 0));

    private static string WhoSets(DeclaredSetting setting) =>
        setting.About.SetBy switch
        {
            SettingSource.City => "city",
            SettingSource.Deployment => "deployment",
            _ => "you",
        };

    private static string Json(object values) => JsonSerializer.Serialize(values, Indented) + "\n";
}
