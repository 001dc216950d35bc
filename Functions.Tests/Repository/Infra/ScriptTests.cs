using System.Text.Json;

namespace Autopay.Tests.Repository.Infra;

/// <summary>The scripts of infra/, with Azure's answers made up: what they ask for, and what they say.</summary>
public sealed class ScriptTests
{
    private static readonly Dictionary<string, string> InTheJob = new()
    {
        ["IDENTITY_ENDPOINT"] = "http://identity/token",
        ["IDENTITY_HEADER"] = "header",
        ["AZURE_CLIENT_ID"] = "client",
        ["AUTOPAY_PACKAGE"] = "https://host/packages/released-package.zip",
        ["AUTOPAY_VAULT"] = "https://vault/",
        ["AUTOPAY_SECRETS"] = "stripe-api-key=Stripe__ApiKey stripe-webhook-secrets=Stripe__WebhookSecrets",
    };

    public ScriptTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are written for sh.");

    [Fact]
    public async Task A_command_runs_with_its_arguments_and_the_secrets_of_now()
    {
        using var commands = InsideOf(
            """*secrets/stripe-webhook-secrets*) printf '{ "value" : "whsec_new,whsec_old", "id": "https://vault/secrets/x" }' ;;"""
        );

        var (code, printed) = await RunJobAsync(commands, "restore", "latest", "--reason", "rows lost");

        Assert.Equal(0, code);
        Assert.Contains(
            "Autopay.dll|restore|latest|--reason|rows lost|sk_live_key|whsec_new,whsec_old|",
            printed,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "resource=https://storage.azure.com/&client_id=client",
            commands.Called,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Bearer token-of-https://vault.azure.net https://vault/secrets/stripe-api-key",
            commands.Called,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_secret_that_is_not_there_yet_is_no_setting_and_the_command_says_what_is_missing()
    {
        using var commands = InsideOf("*secrets/stripe-webhook-secrets*) exit 22 ;;");

        var (code, printed) = await RunJobAsync(commands, "stuck");

        Assert.Equal(0, code);
        Assert.Contains("Autopay.dll|stuck|sk_live_key|unset|", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_package_nothing_runs()
    {
        using var commands = InsideOf("*released-package.zip*) exit 22 ;;");

        var (code, printed) = await RunJobAsync(commands, "stuck");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain("Autopay.dll", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Succeeded", 0)]
    [InlineData("Failed", 1)]
    public async Task A_command_in_the_network_is_the_job_with_other_arguments_and_ends_as_it_ends(
        string state,
        int expected
    )
    {
        using var commands = Azure(state);

        var (code, printed) = await commands.RunAsync(
            new Dictionary<string, string> { ["group"] = "rg" },
            "bash",
            "infra/operate.sh",
            "reconcile",
            "--reason",
            "after the outage"
        );

        Assert.Equal(expected, code);
        Assert.Contains($"job-1: {state}", printed, StringComparison.Ordinal);
        Assert.Contains("Everything agrees.", printed, StringComparison.Ordinal);
        var container = JsonDocument
            .Parse(await File.ReadAllTextAsync(Path.Combine(commands.Path, "body")))
            .RootElement.GetProperty("containers")[0];
        Assert.Equal(
            ["reconcile", "--reason", "after the outage"],
            container.GetProperty("args").EnumerateArray().Select(argument => argument.GetString())
        );
        Assert.Equal("run", container.GetProperty("command")[0].GetString());
        Assert.Equal("NAME", container.GetProperty("env")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_a_verb_nothing_is_started()
    {
        using var commands = Azure("Succeeded");

        var (code, printed) = await commands.RunAsync(
            new Dictionary<string, string> { ["group"] = "rg" },
            "bash",
            "infra/operate.sh"
        );

        Assert.Equal(2, code);
        Assert.Contains("infra/operate.sh reconcile", printed, StringComparison.Ordinal);
        Assert.Equal("", commands.Called);
    }

    [Theory]
    [InlineData("200", "401", 0)]
    [InlineData("503", "401", 1)]
    [InlineData("200", "200", 1)]
    public async Task A_deployed_app_is_good_when_it_works_and_is_closed_to_strangers(
        string known,
        string stranger,
        int expected
    )
    {
        using var commands = new Commands().With(
            "curl",
            $"case \"$*\" in *Authorization*) printf {known} ;; *) printf {stranger} ;; esac"
        );

        var (code, printed) = await commands.RunAsync(
            new Dictionary<string, string> { ["token"] = "t", ["AUTOPAY_TRIES"] = "2" },
            "bash",
            "infra/smoke.sh",
            "https://app"
        );

        Assert.True(code == expected, printed);
        Assert.Contains("https://app/health/live", commands.Called, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new", 0)]
    [InlineData("old", 1)]
    public async Task What_answers_after_a_deploy_is_the_build_that_was_deployed(string running, int expected)
    {
        using var commands = new Commands().With(
            "curl",
            $$"""
            while [ "$1" != -o ]; do shift; done
            echo '{"status":"ready","build":"{{running}}"}' > "$2"
            case "$*" in *Authorization*) printf 200 ;; *) printf 401 ;; esac
            """
        );

        var (code, printed) = await commands.RunAsync(
            new Dictionary<string, string>
            {
                ["token"] = "t",
                ["build"] = "new",
                ["AUTOPAY_TRIES"] = "1",
            },
            "bash",
            "infra/smoke.sh",
            "https://app"
        );

        Assert.True(code == expected, printed);
        Assert.Equal(expected == 1, printed.Contains("200 of another build", StringComparison.Ordinal));
    }

    private static Commands Azure(string state) =>
        new Commands().With(
            "az",
            $$"""
            case "$*" in
              "containerapp job list"*) echo /subscriptions/s/resourceGroups/rg/providers/Microsoft.App/jobs/job-operations ;;
              "containerapp job show"*) echo '{"containers":[{"image":"i","name":"autopay","command":["run"],"args":["stuck"],"env":[{"name":"NAME","value":"v"}],"resources":{"cpu":1},"probes":[]}]}' ;;
              "rest --method post"*jobs/job-operations/start*) cp "$(echo "$*" | sed -E 's/.*--body @([^ ]+).*/\1/')" "$(dirname "$0")/body"; echo job-1 ;;
              "containerapp job execution show"*job-1*) echo {{state}} ;;
              "monitor log-analytics workspace list"*) echo workspace ;;
              "containerapp job logs show"*) echo "Everything agrees." ;;
              *) echo "unexpected: $*" >&2; exit 9 ;;
            esac
            """
        );

    private static Task<(int ExitCode, string Printed)> RunJobAsync(Commands commands, params string[] arguments) =>
        commands.RunAsync(
            InTheJob,
            "/bin/sh",
            ["-c", Wholesome.SourceTree.Read("infra/operations/run.sh"), "autopay", .. arguments]
        );

    // The first case that fits wins: what a test says comes first.
    private static Commands InsideOf(string first) =>
        new Commands()
            .With(
                "curl",
                $$"""
                case "$*" in
                  {{first}}
                  *http://identity/token*) printf '{"access_token":"token-of-%s","expires_in":"1"}' "$(echo "$*" | sed -E 's/.*resource=([^&]+)&.*/\1/')" ;;
                  *secrets/stripe-api-key*) printf '{"value":"sk_live_key","id":"x"}' ;;
                  *released-package.zip*) : > autopay.zip ;;
                  *) exit 7 ;;
                esac
                """
            )
            .With("pwsh", "mkdir app")
            .With("dotnet", """printf '%s|' "$@" "${Stripe__ApiKey:-unset}" "${Stripe__WebhookSecrets:-unset}" """);
}
