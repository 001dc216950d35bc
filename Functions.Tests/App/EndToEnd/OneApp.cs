using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// One running app with two accounts of cycle 1 and their bills. The tests that share it run one after the other, so
/// that each can see that nothing changed.
/// </summary>
public sealed class OneApp(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Collection = "One running app";

    internal AppHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await App.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await App.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await App.IdleAsync();
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<OneApp>;
}
