using Autopay.Application.Ledgers;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Storage;

/// <summary>Accounts that are asked for by name: how many requests they take.</summary>
public sealed class WantedRowsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Theory]
    [InlineData(15, 15)]
    [InlineData(16, 1)]
    public async Task Few_accounts_are_read_by_key_and_many_as_one_range(int wanted, int requests)
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 20);
        await books.SaveAsync([.. accounts.Select(account => Books.Enrol(account))]);
        var some = accounts
            .Where((_, index) => index % 2 == 0 || index > 5)
            .Take(wanted - 1)
            .Append(new AccountId("none"))
            .ToList();
        books.Watch.Forget();

        var found = await books.Ledgers.LoadManyAsync(bucket, some, CancellationToken.None);

        Assert.Equal(some[..^1], found.Select(entry => entry.Ledger.Id).Order());
        Assert.Equal(requests, books.Watch.Requests.Count);
    }

    /// <summary>In a large city a few accounts of a bucket would otherwise read all of it.</summary>
    [Fact]
    public async Task A_range_is_left_where_an_answer_holds_few_of_the_wanted_accounts()
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 1_100);
        await books.SaveAsync([.. accounts.Select(account => Books.Enrol(account))]);

        // Of the answer with the first thousand rows, and behind it.
        await ThenTheyTakeAsync(requests: 2, accounts[..16], accounts[^16..]);
        await ThenTheyTakeAsync(requests: 1 + 20, accounts[..15], accounts[^20..]);
        await ThenTheyTakeAsync(requests: 1 + 15, accounts[..16], accounts[^15..]);
        await ThenTheyTakeAsync(requests: 1, accounts[..15], accounts[985..1000]);

        async Task ThenTheyTakeAsync(int requests, params IReadOnlyList<AccountId>[] wanted)
        {
            List<AccountId> all = [.. wanted.SelectMany(some => some)];
            books.Watch.Forget();
            var found = await books.Ledgers.LoadManyAsync(bucket, [.. all.AsEnumerable().Reverse()], default);
            Assert.Equal(all, found.Select(entry => entry.Ledger.Id).Order());
            Assert.Equal(requests, books.Watch.Requests.Count);
        }
    }
}
