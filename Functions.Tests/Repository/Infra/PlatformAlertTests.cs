using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autopay.Tests.Repository.Infra;

/// <summary>Every alert that is deployed, whatever raises it: how bad it is, who is told, and what to do.</summary>
public sealed class PlatformAlertTests(Deployment deployment) : IClassFixture<Deployment>
{
    private static readonly List<JsonElement> All =
    [
        .. Deployment.Json("alerts.json").EnumerateArray(),
        .. Deployment.PlatformAlerts,
    ];

    private static readonly IReadOnlyDictionary<int, string> ToldBy = Deployment
        .Json("severities.json")
        .EnumerateArray()
        .ToDictionary(it => it.GetProperty("severity").GetInt32(), it => it.GetProperty("receivers").GetString()!);

    [Fact]
    public void Every_alert_has_a_name_of_its_own_a_severity_with_receivers_and_a_runbook() =>
        Assert.All(
            Assert.Some(All.GroupBy(NameOf)),
            alert =>
            {
                var only = Assert.Single(alert);
                Assert.Contains(only.GetProperty("severity").GetInt32(), ToldBy.Keys);
                Assert.Contains(only.GetProperty("runbook").GetString()!, Runbooks.Anchors);
                Assert.NotEqual("", only.GetProperty("title").GetString());
            }
        );

    [Fact]
    public void Severities_are_numbered_as_they_stand_in_the_list() =>
        Assert.Equal(Enumerable.Range(0, ToldBy.Count), ToldBy.Keys);

    [Fact]
    public void Each_alert_is_deployed_and_tells_those_that_its_severity_says()
    {
        var told = deployment
            .All("Microsoft.Insights/scheduledQueryRules")
            .Concat(deployment.All("Microsoft.Insights/activityLogAlerts"))
            .Concat(deployment.All("Microsoft.Insights/metricAlerts"))
            .Select(rule => (Name: (string)rule["name"]!, Actions: rule["properties"]!["actions"]!.ToJsonString()))
            .ToList();

        Assert.All(
            All,
            alert =>
            {
                var group = ToldBy[alert.GetProperty("severity").GetInt32()];
                var rules = Assert.Some(
                    told.Where(rule => rule.Name.StartsWith($"alert-{NameOf(alert)}-", StringComparison.Ordinal))
                );
                Assert.All(rules, rule => Assert.Contains($"/ag-{group}-", rule.Actions, StringComparison.Ordinal));
                Assert.All(
                    rules,
                    rule =>
                        Assert.Contains(
                            $"#{alert.GetProperty("runbook").GetString()}",
                            rule.Actions,
                            StringComparison.Ordinal
                        )
                );
            }
        );
    }

    [Fact]
    public void A_page_rings_and_reaches_two_people_and_a_mail_does_not_ring()
    {
        var page = Group("page");
        var mail = Group("mail");

        Assert.Equal(2, page["emailReceivers"]!.AsArray().Count);
        Assert.Single(page["smsReceivers"]!.AsArray());
        Assert.Single(page["voiceReceivers"]!.AsArray());
        Assert.Single(mail["emailReceivers"]!.AsArray());
        Assert.Empty(mail["voiceReceivers"]!.AsArray());
    }

    [Fact]
    public void Both_storages_are_watched_for_throttling_and_the_subscription_for_incidents()
    {
        Assert.Equal(2, deployment.All("Microsoft.Insights/metricAlerts").Count);
        Assert.All(
            deployment.All("Microsoft.Insights/metricAlerts"),
            rule => Assert.Contains("ServerBusyError", rule.ToJsonString(), StringComparison.Ordinal)
        );
        var health = Assert.Single(
            deployment.All("Microsoft.Insights/activityLogAlerts"),
            rule => rule.ToJsonString().Contains("ServiceHealth", StringComparison.Ordinal)
        );
        Assert.Equal(
            "/subscriptions/00000000-0000-0000-0000-000000000000",
            (string)Assert.Single(health["properties"]!["scopes"]!.AsArray())!
        );
    }

    [Theory]
    [InlineData("owner-changed", "Microsoft.Authorization/roleAssignments/write")]
    [InlineData("lock-changed", "Microsoft.Authorization/locks/delete")]
    [InlineData("setting-changed", "Microsoft.Web/sites/config/write")]
    public void What_people_do_to_the_deployment_is_told(string name, string operation)
    {
        var rule = deployment
            .All("Microsoft.Insights/activityLogAlerts")
            .Single(rule => ((string)rule["name"]!).StartsWith($"alert-{name}-", StringComparison.Ordinal));

        Assert.Contains(operation, rule.ToJsonString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "/rg-autopay-production",
            (string)Assert.Single(rule["properties"]!["scopes"]!.AsArray())!,
            StringComparison.Ordinal
        );
    }

    private JsonNode Group(string name) =>
        deployment
            .All("Microsoft.Insights/actionGroups")
            .Single(group => ((string)group["name"]!).StartsWith($"ag-{name}-", StringComparison.Ordinal))[
            "properties"
        ]!;

    private static string NameOf(JsonElement alert) => alert.GetProperty("name").GetString()!;
}
