using Autopay.Domain;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.LocalHost.Azurite;
using Autopay.Payments;
using Autopay.StripeSandbox;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Local;

/// <summary>
/// Starts what the configuration does not name: Azurite when there is no storage connection, the Stripe sandbox when
/// there is no Stripe key. Their data stay in a folder, <c>.autopay</c> by default, so that a killed app goes on where
/// it was.
/// </summary>
internal sealed class LocalServices(IConfiguration configuration, LocalClock clock) : IAsyncDisposable
{
    private const string WebhookSecret = "whsec_local_sandbox_0123456789";

    [Setting(
        "empty books, and a clock that starts at this civil time, such as 2020-01-21T08:00",
        SetBy = SettingSource.LocalHost
    )]
    private const string StartAtName = "start-at";

    private static readonly string[] Told =
    [
        AutopayServices.StorageConnection,
        $"{StripeOptions.Section}:{nameof(StripeOptions.ApiBase)}",
        $"{StripeOptions.Section}:{nameof(StripeOptions.ApiKey)}",
        $"{StripeOptions.Section}:{nameof(StripeOptions.WebhookSecrets)}",
    ];

    private LocalClaim? claim;
    private AzuriteProcess? azurite;
    private SandboxServer? sandbox;

    /// <summary>The sandbox, when this app started one.</summary>
    public SandboxServer? Sandbox => sandbox;

    private bool LacksStorage =>
        string.IsNullOrEmpty(configuration[AutopayServices.StorageConnection])
        && configuration[$"{AutopayServices.StorageConnection}:tableServiceUri"] is null;

    private bool LacksStripe =>
        string.IsNullOrEmpty(configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.ApiKey)}"])
        && string.IsNullOrEmpty(configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.VaultUri)}"]);

    public string WhyRefused =>
        $"Another Autopay runs on the data in {DataFolder}: stop it, or choose others with --Local:Data.";

    private LocalOptions Options => SettingsReader.Read<LocalOptions>(configuration);

    private string DataFolder => Path.GetFullPath(Options.Data);

    /// <exception cref="InvalidOperationException">Another app has the data.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        TryClaim() ? StartMissingAsync(cancellationToken) : throw new InvalidOperationException(WhyRefused);

    /// <summary>
    /// For a command: with what the app on the same data has started, or with what it starts itself while no app runs.
    /// </summary>
    public Task JoinAsync(CancellationToken cancellationToken)
    {
        if (TryClaim())
        {
            return StartMissingAsync(cancellationToken);
        }

        clock.KeepIn(Path.Combine(DataFolder, "clock"));
        foreach (
            var (name, value) in LocalClaim
                .Read(DataFolder)
                .Where(setting => string.IsNullOrEmpty(configuration[setting.Key]))
        )
        {
            configuration[name] = value;
        }

        return Task.CompletedTask;
    }

    // Only who starts something on the folder needs it for itself: workers with a storage and a Stripe of their own may
    // share its clock.
    public bool TryClaim() => !(LacksStorage || LacksStripe) || (claim ??= LocalClaim.TryTake(DataFolder)) is not null;

    private async Task StartMissingAsync(CancellationToken cancellationToken)
    {
        var folder = PrepareFolder();
        if (LacksStorage)
        {
            azurite = await AzuriteProcess.StartAsync(
                new AzuriteOptions { DataFolder = Path.Combine(folder, "azurite") },
                cancellationToken
            );
            configuration[AutopayServices.StorageConnection] = azurite.ConnectionString;
        }

        if (string.IsNullOrEmpty(configuration[StartGate.HostStorage]))
        {
            configuration[StartGate.HostStorage] = configuration[AutopayServices.StorageConnection];
        }

        if (LacksStripe)
        {
            await StartSandboxAsync(folder, cancellationToken);
        }

        claim?.Tell(Told.ToDictionary(name => name, name => configuration[name]));
    }

    /// <summary>From now on the sandbox tells the app what happens.</summary>
    public void Register(Uri app) =>
        sandbox?.Control.AddWebhook(
            new WebhookTarget(new Uri(app, "api/webhooks/stripe"), [WebhookSecret])
            {
                Events = StripeEventTypes.Subscribed,
            }
        );

    public IEnumerable<string> Guide(Uri app) => LocalGuide.Lines(app, sandbox?.BaseUrl, DataFolder, clock.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await (sandbox?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        claim?.Dispose();
        (sandbox, azurite, claim) = (null, null, null);
    }

    private async Task StartSandboxAsync(string folder, CancellationToken cancellationToken)
    {
        var options = Options;
        var sandboxOptions = new SandboxOptions
        {
            Port = options.SandboxPort,
            Time = TimeProvider.System,
            StartAt = clock.GetUtcNow(),
            MissingMandate = options.MissingMandate,
            DataFile = Path.Combine(folder, "sandbox.jsonl"),
            SignWithSandboxClock = true,
            TimeZone = SettingsReader.Read<CityOptions>(configuration).TimeZone,
        };
        sandbox = await SandboxServer.StartAsync(sandboxOptions, cancellationToken);
        configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.ApiBase)}"] = sandbox.BaseUrl.AbsoluteUri;
        configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.ApiKey)}"] = "sk_test_sandbox";
        configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.WebhookSecrets)}"] = WebhookSecret;
    }

    // A story that starts at a chosen time starts with empty books.
    private string PrepareFolder()
    {
        var folder = DataFolder;
        var startAt = configuration[StartAtName];
        if (startAt is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        clock.KeepIn(Path.Combine(folder, "clock"));
        if (startAt is not null)
        {
            clock.Start(LocalTimes.Parse(startAt, configuration));
        }

        return folder;
    }
}
