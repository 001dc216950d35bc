using Autopay.LocalHost.Azurite;
using Autopay.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Autopay.Tests.Fixtures;

/// <summary>
/// One Azurite for the whole test run, started by the first test that asks for it. Tests keep apart by their own names;
/// where names are fixed, as those of the money tables, by storage accounts of their own.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private static readonly string[] Accounts = [.. Enumerable.Range(1, 400).Select(number => $"books{number}")];
    private readonly Lazy<Task<AzuriteProcess>> azurite = new(() =>
        AzuriteProcess.StartAsync(new AzuriteOptions { MoreAccounts = Accounts })
    );
    private int taken;

    public async Task<string> ConnectionStringAsync() => (await azurite.Value).ConnectionString;

    /// <summary>An account that nobody else has: empty books in the same process.</summary>
    public async Task<string> NewAccountAsync() =>
        (await azurite.Value).ConnectionStringOf(Accounts[Interlocked.Increment(ref taken) - 1]);

    public async ValueTask DisposeAsync()
    {
        if (azurite.IsValueCreated)
        {
            await (await azurite.Value).DisposeAsync();
        }
    }
}
