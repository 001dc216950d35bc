using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Application.Telemetry;
using Autopay.Tests.Repository.Wholesome;
using NCrontab;

namespace Autopay.Tests.Repository.Infra;

public sealed partial class AlertTests
{
    // What Azure Monitor takes for a log alert, in minutes.
    private static readonly int[] Windows = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440, 2880];
    private static readonly int[] Frequencies = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440];

    // What is only worth a word when it has lasted for the whole window.
    private static readonly string[] Lasting = ["books-unmeasured", "reconcile-before-charge"];

    private static readonly List<JsonElement> Alerts = [.. Deployment.Json("alerts.json").EnumerateArray()];

    [Fact]
    public void Alerts_and_workbooks_name_all_metrics_of_the_catalogue_and_no_other()
    {
        var named = MetricPattern()
            .Matches(
                string.Concat(
                    new[] { "alerts.json", "workbooks/finance.json", "workbooks/operations.json" }.Select(file =>
                        SourceTree.Read($"infra/{file}")
                    )
                )
            )
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        Assert.Equal(MetricCatalogue.All().Select(metric => metric.Name).Order(), named.Order());
    }

    [Fact]
    public void An_alert_tells_values_apart_by_tags_that_its_metrics_have() =>
        Assert.All(
            Alerts,
            alert =>
                Assert.Subset(
                    MetricsOf(alert).SelectMany(metric => metric.Tags).ToHashSet(),
                    TagPattern()
                        .Matches(alert.GetProperty("query").ToString())
                        .Select(match => match.Groups[1].Value)
                        .ToHashSet()
                )
        );

    [Fact]
    public void Every_alert_is_switched_on() =>
        Assert.All(Alerts, alert => Assert.True(alert.GetProperty("enabled").GetBoolean()));

    [Fact]
    public void Every_alert_leads_to_a_runbook()
    {
        Assert.NotEmpty(Alerts);
        Assert.All(
            Alerts.Select(alert => alert.GetProperty("runbook").GetString()!).Append("secret-rotation"),
            runbook => Assert.Contains(runbook, Runbooks.Anchors)
        );
    }

    [Fact]
    public void Alerts_have_windows_that_the_platform_takes_and_each_a_name_of_its_own()
    {
        Assert.All(Alerts, alert => Assert.Contains(alert.GetProperty("windowMinutes").GetInt32(), Windows));
        Assert.All(Alerts, alert => Assert.Contains(alert.GetProperty("everyMinutes").GetInt32(), Frequencies));
        Assert.All(Alerts, alert => Assert.InRange(alert.GetProperty("severity").GetInt32(), 0, 3));
        Assert.Equal(Alerts.Count, Alerts.Select(alert => alert.GetProperty("name").GetString()).Distinct().Count());
    }

    [Fact]
    public void Money_at_risk_pages()
    {
        string[] pages =
        [
            .. Alerts
                .Where(alert => alert.GetProperty("severity").GetInt32() == 0)
                .Select(alert => alert.GetProperty("name").GetString()!),
        ];

        Assert.Equal(["invariant-violated", "double-charge"], pages);
    }

    [Fact]
    public void A_missing_sweep_is_noticed_after_two_periods()
    {
        var alert = Alerts.Single(alert => alert.GetProperty("name").GetString() == "sweep-missing");
        var window = alert.GetProperty("windowMinutes").GetInt32();
        var period = Deployment.Json("schedules.json").GetProperty("Sweep").GetProperty("everyMinutes").GetInt32();

        Assert.InRange(window, 2 * period, 4 * period);
        Assert.Contains("'autopay.sweeps'", alert.GetProperty("query").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_alert_depends_on_the_words_of_a_log_line() =>
        Assert.All(
            Alerts,
            alert => Assert.Contains(alert.GetProperty("query")[0].GetString(), new[] { "AppMetrics", "AppRequests" })
        );

    // A maximum over the window rings on after the cause is gone, and hides that it comes back.
    [Fact]
    public void What_a_gauge_says_is_its_newest_sample_and_not_the_worst_of_the_window() =>
        Assert.All(
            Assert.Some(Alerts.Where(alert => MetricsOf(alert).Any(metric => metric.Kind >= MetricKind.Gauge))),
            alert =>
            {
                var name = alert.GetProperty("name").GetString()!;
                var query = string.Join('\n', alert.GetProperty("query").EnumerateArray());
                Assert.True(
                    query.Contains("arg_max(TimeGenerated, Max)", StringComparison.Ordinal) != Lasting.Contains(name),
                    $"{name}: {query}"
                );
            }
        );

    [Fact]
    public void What_an_alert_compares_a_tag_with_is_said_somewhere_in_the_code()
    {
        var code = string.Concat(SourceTree.Sources("Functions").Select(SourceTree.Read));
        var values = Alerts
            .SelectMany(alert => ValuePattern().Matches(string.Concat(alert.GetProperty("query").EnumerateArray())))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();

        Assert.Contains("late clear", values);
        Assert.All(
            values,
            value =>
                Assert.True(
                    code.Contains($"\"{value}\"", StringComparison.Ordinal)
                        || code.Contains($" record {value}(", StringComparison.Ordinal),
                    $"Nothing in the code says '{value}'."
                )
        );
    }

    [Fact]
    public void No_two_instances_show_books_at_once_and_alerts_look_back_two_measurements()
    {
        var period = Deployment.Json("schedules.json").GetProperty("Measure").GetProperty("everyMinutes").GetInt32();
        var readers = Alerts
            .Where(alert => MetricsOf(alert).Any(metric => metric.Kind == MetricKind.BooksGauge))
            .ToList();

        Assert.InRange(BooksMeter.FreshFor, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(period / 2));
        Assert.Contains(readers, alert => alert.GetProperty("name").GetString() == "charging-halted");
        Assert.All(
            readers,
            alert => Assert.InRange(alert.GetProperty("windowMinutes").GetInt32(), 2 * period, int.MaxValue)
        );
        Assert.Contains(
            $"<= {60 * period},",
            Alerts
                .Single(alert => alert.GetProperty("name").GetString() == "books-unmeasured")
                .GetProperty("query")
                .ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("halted-too-long", "autopay.halted.banking_time", 4 * 3600)]
    [InlineData("due-date-run-late", "autopay.due.oldest_age", 2 * 3600)]
    [InlineData("return-rate-near-ceiling", "autopay.returns.of_ceiling", 80)]
    [InlineData("queue-waits", "autopay.queue.oldest_age", 3600)]
    [InlineData("gate-closed", "autopay.gate.closed", 0)]
    [InlineData("vault-away", "autopay.vault.failing", 15 * 60)]
    [InlineData("copies-behind", "autopay.copies.age", 3600)]
    public void An_alert_fires_above_what_its_title_says(string name, string metric, int threshold)
    {
        var alert = Alerts.Single(alert => alert.GetProperty("name").GetString() == name);

        Assert.Equal([metric], MetricsOf(alert).Select(it => it.Name));
        Assert.Equal(threshold, alert.GetProperty("threshold").GetInt32());
    }

    // Days may lie between a submission and the bank's word, and until then no event is subscribed to.
    [Fact]
    public void Silence_of_webhooks_is_told_from_the_banks_answers()
    {
        var query = Alerts
            .Single(alert => alert.GetProperty("name").GetString() == "webhook-silence")
            .GetProperty("query")
            .ToString();

        Assert.Contains("('collected', 'refused')", query, StringComparison.Ordinal);
        Assert.DoesNotContain("'submitted'", query, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedules_are_those_of_the_code()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var schedules = Deployment
            .Json("schedules.json")
            .EnumerateObject()
            .ToDictionary(timer => timer.Name, timer => timer.Value);

        Assert.Equal(
            CodeFacts.Schedules.OrderBy(timer => timer.Key),
            schedules
                .ToDictionary(timer => timer.Key, timer => timer.Value.GetProperty("cron").GetString()!)
                .OrderBy(timer => timer.Key)
        );
        Assert.All(
            schedules.Values,
            timer =>
            {
                var runs = CrontabSchedule
                    .Parse(
                        timer.GetProperty("cron").GetString()!,
                        new CrontabSchedule.ParseOptions { IncludingSeconds = true }
                    )
                    .GetNextOccurrences(start, start.AddDays(8))
                    .Take(2)
                    .ToList();
                Assert.Equal(timer.GetProperty("everyMinutes").GetInt32(), (runs[1] - runs[0]).TotalMinutes);
            }
        );
    }

    private static IEnumerable<MetricDefinition> MetricsOf(JsonElement alert)
    {
        var query = alert.GetProperty("query").ToString();
        return MetricCatalogue.All().Where(metric => query.Contains($"'{metric.Name}'", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"Properties\.(\w+)")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"'(autopay\.[a-z_.]+)'")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"'([A-Za-z ]+)'")]
    private static partial Regex ValuePattern();
}
