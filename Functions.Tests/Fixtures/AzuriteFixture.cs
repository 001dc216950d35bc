using Autopay.LocalHost.Azurite;
using Autopay.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Autopay.Tests.Fixtures;

/// <summary>
/// The Azurites of the whole test run, started by the first test that asks for one. Tests keep apart by their own
/// names; where names are fixed, as those of the money tables, by storage accounts of their own. An Azurite uses one
/// core and looks through the tables of all its accounts, so they are spread over several.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private static readonly string[] Accounts = [.. Enumerable.Range(1, 1_000).Select(number => $"books{number}")];
    private readonly Lazy<Task<AzuriteProcess>>[] azurites = [Lazily(), Lazily(), Lazily()];
    private int taken;

    public async Task<string> ConnectionStringAsync() => (await azurites[0].Value).ConnectionString;

    /// <summary>An account that nobody else has: empty books.</summary>
    public async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref taken) - 1;
        return (await azurites[number % azurites.Length].Value).ConnectionStringOf(Accounts[number]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var azurite in azurites.Where(azurite => azurite.IsValueCreated))
        {
            await (await azurite.Value).DisposeAsync();
        }
    }

    private static Lazy<Task<AzuriteProcess>> Lazily() =>
        new(() => AzuriteProcess.StartAsync(new AzuriteOptions { MoreAccounts = Accounts }));
}
