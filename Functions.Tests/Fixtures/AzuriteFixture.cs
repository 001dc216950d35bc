using Autopay.LocalHost;
using Autopay.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Autopay.Tests.Fixtures;

/// <summary>One Azurite for the whole test run, started by the first test that asks for it. Tests keep apart by their own names.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> azurite = new(() => AzuriteProcess.StartAsync());

    public async Task<string> ConnectionStringAsync() => (await azurite.Value).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (azurite.IsValueCreated)
        {
            await (await azurite.Value).DisposeAsync();
        }
    }
}
