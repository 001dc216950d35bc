using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Storage.Imports;
using Autopay.Tests.Fixtures;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.Finance;

/// <summary>The find box reads single rows, whatever the id looks like.</summary>
public sealed class FindCostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MostReads = 5;
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Theory]
    [InlineData("A-1", 3, 1)]
    [InlineData("B-1", 4, 1)]
    [InlineData("A-1-1-0001", 4, 0)]
    [InlineData("A-9-1-0001", 5, 0)]
    [InlineData("nobody", 4, 0)]
    public async Task No_id_costs_more_than_five_reads(string id, int reads, int hits)
    {
        var register = new TableIdRegister(books.Clients);
        await books.SaveOneAsync(Books.Enrol(new AccountId("A-1")));
        await register.ClaimAsync(IdKind.Bill, [new IdClaim("B-1", new AccountId("A-1"))], CancellationToken.None);
        books.Watch.Forget();

        var found = await new FindById(books.Ledgers, register).RunAsync(id, CancellationToken.None);

        Assert.Equal((reads, hits), (books.Watch.Requests.Count, found.Count));
        Assert.InRange(reads, 1, MostReads);
    }
}
