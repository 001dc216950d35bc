using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Workers;
using Autopay.Tests.App.Identity;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Infra;
using Autopay.Tests.Repository.Wholesome;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// What is deployed, as it is deployed: the published folder as a process of its own, behind Easy Auth, with the real
/// clock. Most of its time it waits for a lease that somebody died with: beside everything else, so it begins first.
/// </summary>
[Collection(Collection)]
public sealed class PublishedAppTests(AzuriteFixture azurite)
{
    private const string Collection = "the published app";

    /// <summary>A folder that was published before, which is then what is tested: the workflow deploys it.</summary>
    private const string Given = "AUTOPAY_PUBLISHED";
    private const int Accounts = 1_500;

    // Of the build that the tests are part of: nothing is built anew.
    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    [Fact]
    public async Task The_published_app_finishes_an_import_in_which_it_was_killed_and_serves_exactly_the_functions_that_it_lists()
    {
        using var folder = new ScratchFolder();
        var published = await PublishedAsync(folder);
        await using var host = LocalApp.Build(
            [],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(Settings(published, Storage));
                builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(
                    null,
                    LogLevel.None
                );
            }
        );
        await host.StartAsync();
        using var http = Client(host);
        await Eventually.HoldsAsync(
            "the app is ready",
            async () => (await http.GetAsync("health/ready")).IsSuccessStatusCode
        );

        var import = await ImportAsync(http, "accounts", AccountsFile());
        await Eventually.HoldsAsync(
            "the import is under way",
            async () => (await ProgressAsync(http, import)).Buckets > 0
        );
        ((ChildWorker)host.Services.GetRequiredService<IWorker>()).Kill();

        await Eventually.HoldsAsync(
            "the import is done",
            async () => (await ProgressAsync(http, import)).Rows == Accounts
        );
        Assert.Equal(
            Listed(published),
            host.Services.GetRequiredService<WorkerHost>().Functions.Select(function => function.Name).Order()
        );
        Assert.Equal(CodeFacts.Functions.Order(), Listed(published));
        await host.StopAsync();
    }

    private string Storage { get; } = azurite.NewAccountAsync().GetAwaiter().GetResult();

    private static async Task<string> PublishedAsync(ScratchFolder scratch)
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Path.Combine(scratch.Path, "published");
        using var publish = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["publish", "Functions", "--no-build", "-c", Configuration, "-o", folder, "-v", "q", "-nologo"]
            )
            {
                WorkingDirectory = SourceTree.Root,
                RedirectStandardOutput = true,
            }
        )!;
        var told = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, told);
        return folder;
    }

    private static Dictionary<string, string?> Settings(string published, string storage) =>
        new()
        {
            [LocalApp.AppName] = published,
            ["LocalHost:Port"] = "0",
            ["AutopayStorage"] = storage,
            // As it is deployed, and not as in the tests' own process.
            ["Autopay:Buckets"] = $"{Bucket.Usual}",
            ["AzureWebJobsStorage"] = storage,
            ["WEBSITE_AUTH_ENABLED"] = "True",
            ["Identity:TenantId"] = GuardedApp.Tenant,
            ["Stripe:ApiBase"] = "http://127.0.0.1:9",
            ["Stripe:ApiKey"] = "sk_test_published",
            ["Stripe:WebhookSecrets"] = "whsec_published_0123456789",
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.2",
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00",
        };

    private static HttpClient Client(WebApplication host)
    {
        var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
        http.DefaultRequestHeaders.Add("X-CSRF", "1");
        http.DefaultRequestHeaders.Add(GuardedApp.Header, GuardedApp.Principal(["Importer"]));
        return http;
    }

    private static string AccountsFile()
    {
        var file = new StringBuilder(
            "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n"
        );
        for (var number = 1; number <= Accounts; number++)
        {
            file.Append(CultureInfo.InvariantCulture, $"70-{number:0000},1,west,on,cus_{number},pm_{number},,,\n");
        }

        return file.ToString();
    }

    private static async Task<string> ImportAsync(HttpClient http, string kind, string file)
    {
        using var content = new StringContent(file, new MediaTypeHeaderValue("text/csv"));
        using var answer = await http.PostAsync($"api/imports/{kind}", content);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return JsonDocument
            .Parse(await answer.Content.ReadAsStringAsync())
            .RootElement.GetProperty("importId")
            .GetString()!;
    }

    // While the worker is away its host has nobody to ask.
    private static async Task<(int Buckets, int Rows)> ProgressAsync(HttpClient http, string import)
    {
        using var answer = await http.GetAsync($"api/imports/{import}");
        if (!answer.IsSuccessStatusCode)
        {
            return (0, 0);
        }

        var view = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var result = view.GetProperty("result");
        return (
            view.GetProperty("progress").GetProperty("bucketsDone").GetInt32(),
            view.GetProperty("state").GetString() == "done"
                ? result.GetProperty("applied").GetInt32() + result.GetProperty("known").GetInt32()
                : 0
        );
    }

    private static IEnumerable<string> Listed(string published) =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(published, "functions.metadata")))
            .RootElement.EnumerateArray()
            .Select(function => function.GetProperty("name").GetString()!)
            .Order();

    [CollectionDefinition(Collection)]
    public sealed class Definition;
}
