using System.CommandLine;
using System.Text.RegularExpressions;
using Autopay.Application.Telemetry;
using Autopay.Hosting.Operator;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>
/// What needs Azure cannot be run by a test, but it can be read: shell that is well formed, verbs that exist, queries
/// of tables and metrics that there are.
/// </summary>
public sealed partial class RunbookBlockTests
{
    private static readonly string[] Pages = ["docs/operating.md", "infra/README.md", "docs/first-deployment.md"];

    private static readonly string[] Tables =
    [
        "AppExceptions",
        "AppMetrics",
        "AppRequests",
        "AppTraces",
        "AZKVAuditLogs",
        "AzureActivity",
        "StorageTableLogs",
    ];

    private static readonly RootCommand App = Root();

    public static TheoryData<string> Written { get; } = [.. Pages];

    [Theory]
    [MemberData(nameof(Written))]
    public async Task Every_block_is_well_formed(string page)
    {
        using var commands = new Commands();

        foreach (var block in Blocks(page, "sh").Concat(Blocks(page, "bash")))
        {
            var (code, printed) = await commands.RunAsync(new Dictionary<string, string>(), "bash", "-n", "-c", block);
            Assert.True(code == 0, $"{page}: {printed}\n{block}");
        }
    }

    [Fact]
    public void Every_verb_in_a_block_exists_and_takes_what_it_is_given()
    {
        var calls = Assert.Some(
            from page in Pages
            from block in Blocks(page, "sh").Concat(Blocks(page, "bash"))
            from call in VerbPattern().Matches(block).Select(match => match.Groups[1].Value.Trim())
            select (page, call)
        );

        Assert.All(
            calls,
            it =>
            {
                var parsed = App.Parse($"{it.call} --as somebody");
                Assert.True(
                    parsed.Errors.Count == 0 && parsed.CommandResult.Command != App,
                    $"{it.page}: '{it.call}': {string.Join("; ", parsed.Errors)}"
                );
            }
        );
        Assert.Contains(calls, it => it.call.StartsWith("restore latest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("restoer latest --reason x")]
    [InlineData("restore latest")]
    [InlineData("reconcile --because x")]
    public void A_verb_that_is_wrong_is_noticed(string call) =>
        Assert.NotEmpty(App.Parse($"{call} --as somebody").Errors);

    [Fact]
    public void Queries_ask_tables_and_metrics_that_there_are()
    {
        var queries = Assert.Some(Pages.SelectMany(page => Blocks(page, "kusto"))).ToList();

        Assert.All(queries, query => Assert.Contains(query.Split('\n')[0], Tables));
        Assert.Subset(
            MetricCatalogue.All().Select(metric => metric.Name).ToHashSet(),
            queries
                .SelectMany(query => MetricPattern().Matches(query))
                .Select(match => match.Groups[1].Value)
                .ToHashSet()
        );
    }

    [Fact]
    public void An_alert_that_a_block_asks_for_exists()
    {
        var alerts = Deployment
            .Json("alerts.json")
            .EnumerateArray()
            .Select(alert => alert.GetProperty("name").GetString());

        Assert.All(
            Assert.Some(Blocks("docs/operating.md", "sh").SelectMany(block => SawPattern().Matches(block))),
            saw => Assert.Contains(saw.Groups[1].Value, alerts)
        );
    }

    [Fact]
    public void Every_runbook_of_an_alert_says_who_acts_within_which_time_and_what_then()
    {
        var severities = Deployment
            .Json("alerts.json")
            .EnumerateArray()
            .Concat(Deployment.PlatformAlerts)
            .GroupBy(alert => alert.GetProperty("runbook").GetString()!)
            .ToDictionary(
                runbook => runbook.Key,
                runbook => runbook.Min(alert => alert.GetProperty("severity").GetInt32())
            );
        severities["secret-rotation"] = 2;
        var rows = DutyPattern()
            .Matches(Runbooks.Text)
            .ToDictionary(row => row.Groups["anchor"].Value, row => row.Groups["within"].Value);

        Assert.Subset(rows.Keys.ToHashSet(), severities.Keys.ToHashSet());
        Assert.All(
            severities,
            runbook => Assert.Equal((runbook.Key, Within(runbook.Value)), (runbook.Key, rows[runbook.Key]))
        );
    }

    [Fact]
    public void Stopping_everything_is_the_first_runbook()
    {
        var first = Runbooks.Sections.First(section => section.Text.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal("stop-everything", first.Anchor);
        Assert.Contains("put api/halt", first.Text, StringComparison.Ordinal);
        Assert.Contains("az functionapp stop", first.Text, StringComparison.Ordinal);
    }

    private static string Within(int severity) =>
        severity switch
        {
            0 => "15 min",
            1 => "1 h",
            _ => "next morning",
        };

    private static IEnumerable<string> Blocks(string page, string language) =>
        Regex
            .Matches(
                SourceTree.Read(page),
                $"^```{language}\n(.*?)^```",
                RegexOptions.Multiline | RegexOptions.Singleline
            )
            .Select(match => match.Groups[1].Value);

    private static RootCommand Root()
    {
        RootCommand root = new();
        foreach (var command in OperatorCommands.Create(new OperatorApp(TextWriter.Null, TextWriter.Null)))
        {
            root.Add(command);
        }

        return root;
    }

    [GeneratedRegex(@"^(?:run|infra/operate\.sh) ([a-z][^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex VerbPattern();

    [GeneratedRegex(@"'(autopay\.[a-z_.]+)'")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"^saw ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex SawPattern();

    [GeneratedRegex(
        @"^\| \[[^\]]+\]\(#(?<anchor>[a-z-]+)\) \| [^|]+ \| (?<within>[^|]+) \| [^|]+ \| [^|]+ \|$",
        RegexOptions.Multiline
    )]
    private static partial Regex DutyPattern();
}
