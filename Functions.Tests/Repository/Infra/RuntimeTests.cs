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

    [Fact]
    public void What_is_deployed_was_zipped_once_attested_apart_from_the_tests_and_is_verified_before_it_goes_out()
    {
        var workflow = SourceTree.Read(".github/workflows/ci.yml");
        var (test, provenance, deploy) = (Job(workflow, "test"), Job(workflow, "provenance"), Job(workflow, "deploy"));

        Assert.Contains("zip -qr ../deploy/autopay.zip", test, StringComparison.Ordinal);
        Assert.DoesNotContain("id-token", test, StringComparison.Ordinal);
        Assert.Contains("attestations: write", provenance, StringComparison.Ordinal);
        Assert.Contains("subject-path: autopay.zip", provenance, StringComparison.Ordinal);
        Assert.DoesNotContain("zip -q", deploy, StringComparison.Ordinal);
        InOrder(deploy, "gh attestation verify", "az login", "--src now/autopay.zip", "now/smoke.sh");
    }

    [Fact]
    public void A_deploy_asks_a_person_signs_in_without_a_secret_and_puts_back_what_was_there()
    {
        var deploy = Job(SourceTree.Read(".github/workflows/ci.yml"), "deploy");

        Assert.Contains("environment: production", deploy, StringComparison.Ordinal);
        Assert.Contains("ACTIONS_ID_TOKEN_REQUEST_URL", deploy, StringComparison.Ordinal);
        Assert.Contains("cancel-in-progress: false", deploy, StringComparison.Ordinal);
        Assert.Contains("if: failure() && steps.smoke.outcome == 'failure'", deploy, StringComparison.Ordinal);
        InOrder(deploy, "id: smoke", "name: Roll back", "--src before/autopay.zip", "before/smoke.sh");
    }

    // By its name, as it is indented.
    private static string Job(string workflow, string name) =>
        Regex
            .Match(workflow, $@"^  {name}:\n(.*?)(?=^  \w+:\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline)
            .Groups[1]
            .Value;

    private static void InOrder(string text, params string[] parts)
    {
        var places = parts.Select(part => text.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [GeneratedRegex("dotnet (publish|build) ")]
    private static partial Regex PublishPattern();

    [GeneratedRegex(@"uses: .+$", RegexOptions.Multiline)]
    private static partial Regex UsesPattern();

    // What may be null has a default too.
    [GeneratedRegex(@"^param (\w+) [^=\n]+(=.+|(?<=\?))?$", RegexOptions.Multiline)]
    private static partial Regex ParameterPattern();
}
