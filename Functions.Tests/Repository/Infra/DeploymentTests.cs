using System.Text.Json.Nodes;
using Autopay.Application.Ports.Messages;
using Autopay.Storage;
using Autopay.Tests.Repository.Catalogues;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

public sealed class DeploymentTests(Deployment deployment) : IClassFixture<Deployment>
{
    /// <summary>What production decides otherwise than a city that says nothing: its safest words.</summary>
    private static readonly (string Setting, string Value)[] Decided =
    [
        ("Autopay__NoticeClock", nameof(NoticeClockMode.Enforce)),
        ("Autopay__CountedTotalsRequired", "True"),
        ("Autopay__StaleBillsDays", "8"),
        ("Autopay__StalePaymentsDays", "3"),
    ];

    [Fact]
    public void Everything_compiles_and_lints_without_a_warning()
    {
        Assert.Equal("", deployment.Printed);
        Assert.All(deployment.ExitCodes, code => Assert.Equal(0, code));
    }

    [Fact]
    public void Tables_queues_and_containers_are_those_of_the_code()
    {
        Same(
            StorageClients.Tables,
            deployment.InMoneyStorage("Microsoft.Storage/storageAccounts/tableServices/tables"),
            "tables of infra/storage.json"
        );
        Same(
            QueueNames.All,
            deployment.InMoneyStorage("Microsoft.Storage/storageAccounts/queueServices/queues"),
            "queues of infra/storage.json"
        );
        Same(
            CodeFacts.Containers,
            deployment.InMoneyStorage("Microsoft.Storage/storageAccounts/blobServices/containers"),
            "containers of infra/storage.json"
        );
    }

    [Fact]
    public void Settings_are_those_of_the_code_and_what_the_city_may_decide_has_its_default()
    {
        var deployed = deployment
            .Settings()
            .Where(setting => !setting.Key.StartsWith("Autopay__Cycles__", StringComparison.Ordinal))
            .ToDictionary();
        var needed = DeclaredSetting.Bound.Where(setting => setting.Element is null).ToList();
        var ours = needed.Select(setting => setting.Name.Split("__")[0]).ToHashSet();

        Same(
            needed.Select(setting => setting.Name),
            deployed.Keys.Where(name => ours.Contains(name.Split("__")[0])),
            "settings of the deployment"
        );
        Assert.All(
            needed.Where(setting =>
                setting.About.SetBy == SettingSource.City && Decided.All(it => it.Setting != setting.Name)
            ),
            setting => Assert.Equal((setting.Name, setting.Default), (setting.Name, deployed[setting.Name]))
        );
    }

    [Fact]
    public void In_production_nothing_is_debited_without_notice_cleared_uncounted_or_charged_while_files_stay_out() =>
        Assert.All(
            Decided,
            it => Assert.Equal((it.Setting, it.Value), (it.Setting, deployment.Settings()[it.Setting]))
        );

    [Fact]
    public void The_host_leaves_out_no_more_traces_than_the_app() =>
        Assert.Equal(
            ("microsoft.fixed_percentage", deployment.Settings()["Telemetry__TraceRatio"]),
            (deployment.Settings()["OTEL_TRACES_SAMPLER"], deployment.Settings()["OTEL_TRACES_SAMPLER_ARG"])
        );

    [Fact]
    public void Both_storages_are_reached_by_identity()
    {
        var settings = deployment.Settings();

        foreach (var connection in new[] { "AutopayStorage", "AzureWebJobsStorage" })
        {
            Same(
                ["blobServiceUri", "queueServiceUri", "tableServiceUri", "credential", "clientId"],
                settings
                    .Keys.Where(name => name.StartsWith($"{connection}__", StringComparison.Ordinal))
                    .Select(name => name.Split("__")[1]),
                connection
            );
        }

        Assert.DoesNotContain(settings.Values, value => value.Contains("AccountKey", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_are_references_to_the_vault_and_the_environment_is_one_that_takes_a_live_key()
    {
        Assert.All(
            ["Stripe__ApiKey", "Stripe__WebhookSecrets"],
            name => Assert.Contains("vault", deployment.Settings()[name], StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal("production", deployment.Settings()["Stripe__Environment"]);
        Assert.Contains(
            "@Microsoft.KeyVault(VaultName=",
            SourceTree.Read("infra/modules/key-vault.bicep"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Instances_are_capped_by_what_Stripe_allows_and_every_function_can_have_one()
    {
        var scaling = App()["functionAppConfig"]!["scaleAndConcurrency"]!;
        var cap = (int)scaling["maximumInstanceCount"]!;

        Assert.Equal(
            cap.ToString(System.Globalization.CultureInfo.InvariantCulture),
            deployment.Settings()["Stripe__Instances"]
        );
        Assert.InRange(
            cap,
            CodeFacts.ScaleGroups,
            int.Parse(
                deployment.Settings()["Stripe__RequestsPerSecond"],
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        Assert.All(
            scaling["alwaysReady"]!.AsArray(),
            ready =>
                Assert.Contains(
                    (string)ready!["name"]!,
                    CodeFacts.QueueFunctions.Select(name => $"function:{name}").Append("http")
                )
        );
    }

    [Fact]
    public void Another_instance_comes_long_before_one_lets_requests_wait_or_refuses_them()
    {
        var http = JsonNode.Parse(SourceTree.Read("host.json"))!["extensions"]!["http"]!;
        var (worked, outstanding) = ((int)http["maxConcurrentRequests"]!, (int)http["maxOutstandingRequests"]!);
        var scaled = (int)
            App()["functionAppConfig"]!["scaleAndConcurrency"]!["triggers"]!["http"]!["perInstanceConcurrency"]!;

        Assert.InRange(scaled, 16, worked / 2);
        Assert.InRange(outstanding, worked * 4, int.MaxValue);
        Assert.False((bool)http["dynamicThrottlesEnabled"]!);
    }

    [Fact]
    public void Only_the_webhook_the_probe_and_the_public_status_go_without_signing_in()
    {
        var validation = deployment.One("Microsoft.Web/sites/config", "/authsettingsV2")["properties"]![
            "globalValidation"
        ]!;
        var open = validation["excludedPaths"]!.AsArray().Select(path => (string)path!).ToList();

        Same(
            ["/api/webhooks/stripe", "/health/live", "/api/status", "/status", "/estado", "/assets/*"],
            open,
            "excludedPaths of Easy Auth"
        );
        Assert.Subset(
            CodeFacts.OpenRoutes.ToHashSet(),
            open.Select(path => path.Replace("/*", "/{file}", StringComparison.Ordinal)).ToHashSet()
        );
        Assert.True((bool)validation["requireAuthentication"]!);
    }

    [Fact]
    public void Storage_and_secrets_are_locked_and_keyless()
    {
        Assert.All(
            deployment.All("Microsoft.Storage/storageAccounts"),
            account =>
                Assert.Multiple(
                    () => Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!),
                    () => Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!),
                    () => Assert.Equal("TLS1_2", (string)account["properties"]!["minimumTlsVersion"]!),
                    () => Assert.Contains("ZRS", (string)account["sku"]!["name"]!, StringComparison.Ordinal)
                )
        );
        Assert.All(
            deployment.All("Microsoft.Storage/storageAccounts/blobServices"),
            blobs => Assert.True((bool)blobs["properties"]!["isVersioningEnabled"]!)
        );
        Assert.True((bool)deployment.One("Microsoft.KeyVault/vaults")["properties"]!["enablePurgeProtection"]!);
        Assert.Equal(3, deployment.All("Microsoft.Authorization/locks").Count);
    }

    [Fact]
    public void The_identity_may_do_what_it_must_and_nothing_else() =>
        Same(
            [
                "money: Storage Blob Data Contributor",
                "money: Storage Queue Data Contributor",
                "money: Storage Table Data Contributor",
                "host: Storage Blob Data Owner",
                "host: Storage Queue Data Contributor",
                "host: Storage Table Data Contributor",
                "vault: Key Vault Secrets User",
                "insights: Monitoring Metrics Publisher",
            ],
            deployment.All("Microsoft.Authorization/roleAssignments").Select(Grants.Describe),
            "role assignments"
        );

    [Fact]
    public void The_README_of_infra_names_every_kind_of_resource_and_every_alert()
    {
        var readme = SourceTree.Read("infra/README.md");
        var alerts = Deployment
            .Json("alerts.json")
            .EnumerateArray()
            .Select(alert => alert.GetProperty("name").GetString()!);

        Assert.All(
            deployment
                .Types()
                .Distinct()
                .Select(type => type.Replace("Microsoft.Storage/storageAccounts/", "", StringComparison.Ordinal)),
            type => Assert.Contains($"{type}`", readme, StringComparison.Ordinal)
        );
        Assert.All(alerts, alert => Assert.Contains($"| `{alert}` |", readme, StringComparison.Ordinal));
    }

    private JsonNode App() => deployment.One("Microsoft.Web/sites")["properties"]!;

    private static void Same(IEnumerable<string> code, IEnumerable<string> infra, string what)
    {
        var (needed, deployed) = (code.ToHashSet(), infra.ToHashSet());
        Assert.True(
            needed.SetEquals(deployed),
            $"{what}: missing [{string.Join(", ", needed.Except(deployed))}], not needed ["
                + $"{string.Join(", ", deployed.Except(needed))}]."
        );
    }
}
