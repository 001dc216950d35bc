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
    private static readonly Lazy<Task<AzuriteProcess>>[] Azurites = [Lazily(), Lazily(), Lazily()];
    private static int taken;

    /// <summary>For who runs tests again and again in one process (docs/simulator.md, Mutants): they end with
    /// it.</summary>
    public static bool AreKept { get; set; }

    public async Task<string> ConnectionStringAsync() => (await Azurites[0].Value).ConnectionString;

    /// <summary>An account that nobody else has: empty books.</summary>
    public async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref taken) - 1;
        return (await Azurites[number % Azurites.Length].Value).ConnectionStringOf(Accounts[number]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var azurite in Azurites.Where(azurite => azurite.IsValueCreated && !AreKept))
        {
            await (await azurite.Value).DisposeAsync();
        }
    }

    private static Lazy<Task<AzuriteProcess>> Lazily() =>
        new(() => AzuriteProcess.StartAsync(new AzuriteOptions { MoreAccounts = Accounts }));
}
