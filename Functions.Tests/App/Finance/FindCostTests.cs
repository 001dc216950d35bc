using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;
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
    [InlineData("pi_of_nobody", 2, 0)]
    [InlineData("pi_of_A-1", 4, 0)]
    public async Task No_id_costs_more_than_five_reads(string id, int reads, int hits)
    {
        var register = new TableIdRegister(books.Clients);
        await books.SaveOneAsync(Books.Enrol(new AccountId("A-1")));
        await register.ClaimAsync(IdKind.Bill, [new IdClaim("B-1", new AccountId("A-1"))], CancellationToken.None);
        books.Watch.Forget();

        var stripe = new AnsweringStripe();
        var found = await new FindById(books.Ledgers, register, stripe).RunAsync(id, CancellationToken.None);

        Assert.Equal((reads, hits), (books.Watch.Requests.Count, found.Items.Count));
        Assert.InRange(reads + stripe.Asked, 1, MostReads);
    }

    /// <summary>Knows one intent, of a debit that the books do not know.</summary>
    private sealed class AnsweringStripe : IPaymentProvider
    {
        public int Asked { get; private set; }

        public string Environment => "test";

        public Task<ProviderAnswer> ReadAsync(string intentId)
        {
            Asked++;
            return Task.FromResult<ProviderAnswer>(
                intentId == "pi_of_A-1"
                    ? new ProviderAnswer.Read(
                        new IntentReading
                        {
                            IntentId = intentId,
                            Status = IntentStatus.Succeeded,
                            Amount = new Money(100),
                            DebitId = "A-1-1-0001",
                            Environment = Environment,
                        }
                    )
                    : new ProviderAnswer.Rejected("No such payment_intent")
            );
        }

        public Task<ProviderAnswer> CreateAsync(IntentRequest request) => throw new NotSupportedException();

        public Task<ProviderAnswer> ConfirmAsync(Attempt attempt) => throw new NotSupportedException();

        public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
            throw new NotSupportedException();
    }
}
