using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>
/// Alerts and what the engineer on call reads about them: docs/operating.md names an alert as <c>Alert *name*</c>.
/// </summary>
public sealed partial class RunbookTests
{
    private static readonly string Operating = Runbooks.Text;

    // Key Vault's own events raise the last one; it has no query.
    private static readonly Dictionary<string, string> RunbookOf = Deployment
        .Json("alerts.json")
        .EnumerateArray()
        .Concat(Deployment.PlatformAlerts)
        .ToDictionary(alert => Text(alert, "name"), alert => Text(alert, "runbook"))
        .Append(new("secret-expiry", "secret-rotation"))
        .ToDictionary();

    [Fact]
    public void Every_alert_that_a_runbook_names_exists_and_every_alert_is_named() =>
        Assert.Equal(RunbookOf.Keys.Order(), NamedIn(Operating).Distinct().Order());

    [Fact]
    public void The_runbook_that_an_alert_links_to_names_it() =>
        Assert.All(
            RunbookOf,
            alert =>
                Assert.Contains(
                    alert.Key,
                    NamedIn(Runbooks.Sections.Single(section => section.Anchor == alert.Value).Text)
                )
        );

    [Fact]
    public void The_alert_without_a_query_is_deployed_too()
    {
        var bicep = SourceTree.Read("infra/modules/alerts.bicep");

        Assert.Contains("name: 'secret-expiry'", bicep, StringComparison.Ordinal);
        Assert.Contains("#secret-rotation'", bicep, StringComparison.Ordinal);
    }

    private static string Text(JsonElement alert, string name) => alert.GetProperty(name).GetString()!;

    private static IEnumerable<string> NamedIn(string text) =>
        NamedPattern()
            .Matches(text)
            .SelectMany(match => match.Groups[1].Captures.Concat(match.Groups[2].Captures))
            .Select(capture => capture.Value);

    [GeneratedRegex(@"\bAlerts? \*([a-z-]+)\*(?:(?:, | and )\*([a-z-]+)\*)*")]
    private static partial Regex NamedPattern();
}
