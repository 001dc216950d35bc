using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>What the real host is given: its settings, the package, the workflow that builds it.</summary>
public sealed partial class RuntimeTests
{
    [Fact]
    public void Every_value_of_the_queues_is_written_down()
    {
        var host = JsonDocument.Parse(SourceTree.Read("host.json")).RootElement;

        Assert.Equal(
            [
                "batchSize",
                "maxDequeueCount",
                "maxPollingInterval",
                "messageEncoding",
                "newBatchThreshold",
                "visibilityTimeout",
            ],
            host.GetProperty("extensions").GetProperty("queues").EnumerateObject().Select(value => value.Name).Order()
        );
        Assert.Equal(
            "base64",
            host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString()
        );
        Assert.Equal("OpenTelemetry", host.GetProperty("telemetryMode").GetString());
        Assert.Equal("00:10:00", host.GetProperty("functionTimeout").GetString());
    }

    [Fact]
    public void The_parameters_of_azd_are_parameters_of_the_template_and_leave_none_open()
    {
        var given = Deployment
            .Json("main.parameters.json")
            .GetProperty("parameters")
            .EnumerateObject()
            .Select(parameter => parameter.Name)
            .ToHashSet();
        var parameters = ParameterPattern()
            .Matches(SourceTree.Read("infra/main.bicep"))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Success);

        Assert.Subset(parameters.Keys.ToHashSet(), given);
        Assert.Superset(
            parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).ToHashSet(),
            given
        );
    }

    [Fact]
    public void The_workflow_pins_its_actions_and_knows_no_secret()
    {
        var workflow = SourceTree.Read(".github/workflows/ci.yml");

        Assert.NotEmpty(UsesPattern().Matches(workflow));
        Assert.All(UsesPattern().Matches(workflow), uses => Assert.Matches("@[0-9a-f]{40} # v[0-9.]+$", uses.Value));
        Assert.DoesNotContain("secrets.", workflow, StringComparison.Ordinal);
        Assert.Contains("permissions:\n  contents: read", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void The_workflow_builds_once_and_deploys_the_folder_that_its_tests_started()
    {
        var workflow = SourceTree.Read(".github/workflows/ci.yml");
        var (test, deploy) = (workflow.Split("\n  deploy:\n")[0], workflow.Split("\n  deploy:\n")[1]);

        Assert.Single(PublishPattern().Matches(workflow));
        Assert.DoesNotContain("dotnet", deploy, StringComparison.Ordinal);
        Assert.Contains("AUTOPAY_PUBLISHED: ${{ github.workspace }}/artifacts/publish", test, StringComparison.Ordinal);
        Assert.Contains("needs: [test, provenance]", deploy, StringComparison.Ordinal);
        Assert.Contains("gh run download \"$RUN\" --name autopay", deploy, StringComparison.Ordinal);
    }

    [GeneratedRegex("dotnet (publish|build) ")]
    private static partial Regex PublishPattern();

    [GeneratedRegex(@"uses: .+$", RegexOptions.Multiline)]
    private static partial Regex UsesPattern();

    [GeneratedRegex(@"^param (\w+) [^=\n]+(=.+)?$", RegexOptions.Multiline)]
    private static partial Regex ParameterPattern();
}
