using Autopay.Application.Ports.Provider;
using Autopay.Payments;
using Autopay.Payments.Rates;
using Autopay.Storage;
using Autopay.StripeSandbox;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Payments.Rates;

/// <summary>Independent adapters share one row of a real storage, before a provider that counts and refuses.</summary>
public sealed class RateOverStorageTests(AzuriteFixture azurite)
{
    private const int Calls = 400;

    // A margin is left, as in a deployment: what leaves evenly does not arrive so on a machine that is busy.
    private const int Configured = 60;
    private const int Allowed = 100;

    [Fact]
    public async Task Of_eight_instances_none_is_refused_by_a_provider_that_counts_every_second()
    {
        var storage = await StorageAsync();
        await using var sandbox = await SandboxServer.StartAsync(
            FrozenSandbox.Options with
            {
                RequestsPerSecondInAll = Allowed,
            }
        );
        using var http = new HttpClient();
        var instances = Enumerable.Range(0, 8).Select(_ => Instance(sandbox, http, storage)).ToList();
        var left = Calls;

        async Task<List<ProviderAnswer>> AskAsync(StripePaymentProvider instance)
        {
            List<ProviderAnswer> answers = [];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                answers.Add(await instance.ReadAsync("pi_nobodyknowsit"));
            }

            return answers;
        }

        var answers = await Task.WhenAll(
            instances.SelectMany(instance => Enumerable.Repeat(instance, 16)).Select(AskAsync)
        );
        await Task.WhenAll(instances.Select(instance => instance.DisposeAsync().AsTask()));

        Assert.Equal(Calls, answers.Sum(some => some.Count));
        Assert.All(answers.SelectMany(some => some), answer => Assert.IsType<ProviderAnswer.Rejected>(answer));
        Assert.Equal(Calls, sandbox.Control.Calls.Total);
    }

    [Fact]
    public async Task An_instance_that_stops_leaves_what_it_held_to_the_others_at_once()
    {
        var storage = await StorageAsync();
        await using var sandbox = await SandboxServer.StartAsync(FrozenSandbox.Options);
        using var http = new HttpClient();
        var store = new TableSharedRateStore(storage);
        await using (var instance = Instance(sandbox, http, storage))
        {
            Assert.IsType<ProviderAnswer.Rejected>(await instance.ReadAsync("pi_nobodyknowsit"));
            Assert.NotEmpty(RateRow.Parse((await store.ReadAsync(default)).Text).Entries);
        }

        Assert.Empty(RateRow.Parse((await store.ReadAsync(default)).Text).Entries);
    }

    [Fact]
    public async Task The_row_is_written_by_whoever_read_it_last_and_says_how_long_it_stood()
    {
        var store = new TableSharedRateStore(await StorageAsync());

        var none = await store.ReadAsync(default);
        var first = await store.TryWriteAsync("one", null, default);
        var again = await store.TryWriteAsync("two", null, default);
        var found = await store.ReadAsync(default);
        var second = await store.TryWriteAsync("three", first, default);
        var late = await store.TryWriteAsync("four", first, default);

        Assert.Equal((null, TimeSpan.MaxValue), (none.Tag, none.Unchanged));
        Assert.Equal(("one", first), (found.Text, found.Tag));
        Assert.InRange(found.Unchanged, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.NotNull(second);
        Assert.Equal((null, null), (again, late));
        Assert.Equal("three", (await store.ReadAsync(default)).Text);
    }

    private async Task<StorageClients> StorageAsync()
    {
        var storage = StorageClients.FromConnectionString(await azurite.NewAccountAsync());
        await storage.Table(StorageClients.SchedulesTable).CreateIfNotExistsAsync();
        return storage;
    }

    private static StripePaymentProvider Instance(SandboxServer sandbox, HttpClient http, StorageClients storage) =>
        new(
            new StripeOptions
            {
                ApiBase = sandbox.BaseUrl,
                ApiKey = "sk_test_adapter",
                RequestsPerSecond = Configured,
                RequestsPerSecondPerEndpoint = Configured,
                Instances = 8,
            },
            http,
            TimeProvider.System,
            new TableSharedRateStore(storage)
        );
}
