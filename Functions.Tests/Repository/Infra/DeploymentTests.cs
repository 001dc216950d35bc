using System.Text.Json.Nodes;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Hosting.Settings;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
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
        // Of a city of the usual number of buckets; where there are more, the app makes their tables when it starts.
        var ledgers = Enumerable.Range(0, Bucket.Usual).Select(number => LedgerKeys.Table(new Bucket(number)));
        Same(
            StorageClients.Tables.Except(Bucket.All.Select(LedgerKeys.Table)).Concat(ledgers),
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
        // The app reads its secrets in the vault: no setting ever has them.
        var needed = DeclaredSetting
            .Bound.Where(setting =>
                setting.Element is null
                && setting.Name is not ("Stripe__ApiKey" or "Stripe__WebhookSecrets" or "Smtp__Password")
            )
            .ToList();
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

        Same(
            ["blobServiceUri", "credential", "clientId"],
            settings
                .Keys.Where(name => name.StartsWith("AutopayCopies__", StringComparison.Ordinal))
                .Select(name => name.Split("__")[1]),
            "AutopayCopies"
        );
        Assert.Contains("copyStorage", settings["AutopayCopies__blobServiceUri"], StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Values, value => value.Contains("AccountKey", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_stay_in_the_vault_and_the_environment_is_one_that_takes_a_live_key()
    {
        Assert.Contains("vault", deployment.Settings()["Stripe__VaultUri"], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Stripe__ApiKey", deployment.Settings().Keys);
        Assert.DoesNotContain("Stripe__WebhookSecrets", deployment.Settings().Keys);
        Assert.Equal(
            [
                $"var apiKeyName = '{VaultSecrets.ApiKey}'",
                $"var webhookSecretsName = '{VaultSecrets.WebhookSecrets}'",
                $"var smtpPasswordName = '{VaultMailPassword.Name}'",
            ],
            SourceTree
                .Read("infra/modules/key-vault.bicep")
                .Split('\n')
                .Where(line =>
                    line.StartsWith("var ", StringComparison.Ordinal)
                    && line.Contains("Name = '", StringComparison.Ordinal)
                )
        );
        Assert.Equal("production", deployment.Settings()["Stripe__Environment"]);
        Assert.DoesNotContain(
            deployment.Settings().Values,
            value => value.Contains("@Microsoft.KeyVault", StringComparison.Ordinal)
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
            {
                Assert.Contains(
                    (string)ready!["name"]!,
                    CodeFacts.QueueFunctions.Select(name => $"function:{name}").Append("http")
                );
                Assert.InRange((int)ready["instanceCount"]!, 2, cap);
            }
        );
    }

    [Fact]
    public void Production_stands_in_three_zones() =>
        Assert.True((bool)deployment.One("Microsoft.Web/serverfarms")["properties"]!["zoneRedundant"]!);

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

    // The app validates the token of a session, and is handed it out of the store.
    [Fact]
    public void The_app_gets_the_tokens_of_sessions_which_can_be_renewed_and_knows_by_whom_and_for_whom_they_must_be()
    {
        var signIn = deployment.One("Microsoft.Web/sites/config", "/authsettingsV2")["properties"]!;
        var settings = deployment.Settings();

        Assert.True((bool)signIn["login"]!["tokenStore"]!["enabled"]!);
        Assert.Equal(
            ["scope=openid profile email offline_access"],
            signIn["identityProviders"]!["azureActiveDirectory"]!["login"]!["loginParameters"]!
                .AsArray()
                .Select(parameter => (string)parameter!)
        );
        Assert.All(
            new[] { "Identity__Authority", "Identity__Audience", "Identity__TenantId" },
            name => Assert.NotEqual("", settings[name])
        );
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
        Assert.True((bool)deployment.One("Microsoft.KeyVault/vaults")["properties"]!["enablePurgeProtection"]!);
        Assert.Equal(4, deployment.All("Microsoft.Authorization/locks").Count);
    }

    [Fact]
    public void Copies_of_the_books_lie_in_another_region_and_are_written_once()
    {
        var account = deployment
            .All("Microsoft.Storage/storageAccounts")
            .Single(it => ((string)it["name"]!).StartsWith("stcopy", StringComparison.Ordinal));
        var role = deployment.One("Microsoft.Authorization/roleDefinitions")["properties"]!["permissions"]![0]!;

        Assert.NotEqual((string)deployment.One("Microsoft.Web/sites")["location"]!, (string)account["location"]!);
        Assert.Contains(
            deployment.All("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"),
            policy =>
                ((string)policy["name"]!).Contains("stcopy", StringComparison.Ordinal)
                && (int)policy["properties"]!["immutabilityPeriodSinceCreationInDays"]! == 35
        );
        Assert.Equal(
            ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action"],
            role["dataActions"]!.AsArray().Select(action => (string)action!)
        );
        Assert.Empty(role["actions"]!.AsArray());
    }

    [Fact]
    public void Overwritten_blobs_of_the_books_are_kept_and_leases_of_the_host_are_not() =>
        Assert.Equal(
            [("stcopy", false), ("sthost", false), ("stmoney", true)],
            deployment
                .All("Microsoft.Storage/storageAccounts/blobServices")
                .Select(blobs =>
                    (((string)blobs["name"]!).Split("pr")[0], (bool)blobs["properties"]!["isVersioningEnabled"]!)
                )
                .Order()
        );

    [Fact]
    public void Files_as_they_were_sent_go_after_eighteen_months_and_copies_after_their_policy()
    {
        var rules = deployment
            .All("Microsoft.Storage/storageAccounts/managementPolicies")
            .SelectMany(policy => policy["properties"]!["policy"]!["rules"]!.AsArray())
            .Where(rule => rule!["definition"]!["actions"]!["baseBlob"] is not null)
            .ToDictionary(
                rule => (string)rule!["definition"]!["filters"]!["prefixMatch"]![0]!,
                rule => (int)rule!["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterCreationGreaterThan"]!
            );

        Assert.Equal(new Dictionary<string, int> { ["imports/"] = 550, ["exports/"] = 42 }, rules);
    }

    [Fact]
    public void Who_reads_the_money_tables_is_kept()
    {
        var audit = Assert.Single(
            deployment.All("Microsoft.Insights/diagnosticSettings"),
            it => ((string)it["id"]!).Contains("tableServices", StringComparison.Ordinal)
        );

        Assert.Contains("/stmoney", (string)audit["id"]!, StringComparison.Ordinal);
        Assert.Contains("StorageRead", audit.ToJsonString(), StringComparison.Ordinal);
    }

    // The host's own telemetry has paths, and some of them carry account numbers.
    [Fact]
    public void Paths_are_blanked_before_telemetry_is_stored_and_what_alerts_read_is_not()
    {
        var rule = deployment.One("Microsoft.Insights/dataCollectionRules");
        var flows = rule["properties"]!["dataFlows"]!
            .AsArray()
            .ToDictionary(flow => (string)flow!["streams"]![0]!, flow => (string)flow!["transformKql"]!);

        Assert.Equal("WorkspaceTransforms", (string)rule["kind"]!);
        Same(
            ["Microsoft-Table-AppRequests", "Microsoft-Table-AppDependencies", "Microsoft-Table-AppTraces"],
            flows.Keys,
            "tables of infra/privacy.json"
        );
        Assert.Contains("extend Url = ''", flows["Microsoft-Table-AppRequests"], StringComparison.Ordinal);
        Assert.All(flows.Values, query => Assert.DoesNotMatch(@"\b(ResultCode|ItemCount|SeverityLevel) =", query));
        Assert.Equal(
            [(string)rule["id"]!],
            deployment
                .All("Microsoft.OperationalInsights/workspaces")
                .Select(workspace => (string?)workspace["properties"]!["defaultDataCollectionRuleResourceId"])
                .OfType<string>()
        );
    }

    [Fact]
    public void Commands_run_in_a_subnet_of_their_own_with_the_settings_of_the_app_and_no_secret()
    {
        var job = deployment.One("Microsoft.App/jobs")["properties"]!;
        var container = job["template"]!["containers"]![0]!;
        var given = container["env"]!.ToJsonString();

        Assert.Equal("Manual", (string)job["configuration"]!["triggerType"]!);
        Assert.Equal(0, (int)job["configuration"]!["replicaRetryLimit"]!);
        Assert.Null(job["configuration"]!["secrets"]);
        Assert.Contains("commonSettings", given, StringComparison.Ordinal);
        Assert.Contains("/released-package.zip", given, StringComparison.Ordinal);
        Assert.DoesNotContain("Stripe__ApiKey'", given, StringComparison.Ordinal);
        Assert.Contains(
            "operationsSubnetId",
            deployment.One("Microsoft.App/managedEnvironments").ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_that_leaves_has_one_address() =>
        Assert.Equal(
            ["app: True", "endpoints: False", "operations: True"],
            deployment
                .All("Microsoft.Network/virtualNetworks/subnets")
                .Select(subnet =>
                    $"{((string)subnet["name"]!).Split('/')[^1]}: {subnet["properties"]!["natGateway"] is not null}"
                )
                .Order()
        );

    [Fact]
    public void The_app_and_its_commands_may_do_what_they_must_and_nothing_else() =>
        Same(
            [
                "app on money: Storage Blob Data Contributor",
                "app on money: Storage Queue Data Contributor",
                "app on money: Storage Table Data Contributor",
                "app on vault: Key Vault Secrets User",
                "job on money: Storage Blob Data Contributor",
                "job on money: Storage Queue Data Contributor",
                "job on money: Storage Table Data Contributor",
                "job on vault: Key Vault Secrets User",
                "app on host: Storage Blob Data Owner",
                "app on host: Storage Queue Data Contributor",
                "app on host: Storage Table Data Contributor",
                "app on insights: Monitoring Metrics Publisher",
                "app on copies: a role of our own",
                "job on host: Storage Blob Data Reader",
                "job on copies: Storage Blob Data Reader",
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
