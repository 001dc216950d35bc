using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What the find box finds of an account, its debits and its intents.</summary>
public sealed class FindByIdTests
{
    private readonly OneIntent stripe = new();
    private readonly ScratchIdRegister register = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static AccountScenario Charged() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").WhenABillIsImported("feb", 6_000);

    [Theory]
    [InlineData("10-0001", "10-0001", false)]
    [InlineData("10-OOO1", "10-0001", true)]
    [InlineData("10-0OOl", "10-0001", true)]
    [InlineData("0010-0001", "10-0001", true)]
    [InlineData("10-0002", null, false)]
    [InlineData("10-000B", null, false)]
    [InlineData("Iollo", null, false)]
    public async Task An_account_is_found_by_its_id_and_by_one_that_was_misread(
        string id,
        string? found,
        bool resembles
    )
    {
        await register.ClaimAsync(
            IdKind.Account,
            [new IdClaim(LookAlikes.NameOf(new AccountId("10-0001")), new AccountId("10-0001"))],
            Cancel
        );

        var items = (await FindAsync(Charged(), id)).Items;

        Assert.Equal(
            found is null ? [] : [new Found(FoundKind.Account, found, new AccountId("10-0001"), resembles)],
            items
        );
    }

    [Fact]
    public async Task A_bill_and_a_payment_of_one_id_are_both_found_where_a_file_named_them()
    {
        await register.ClaimAsync(IdKind.Bill, [new IdClaim("7", new AccountId("10-0001"))], Cancel);
        await register.ClaimAsync(IdKind.Payment, [new IdClaim("7", new AccountId("10-0009"))], Cancel);

        Assert.Equal(
            [
                new Found(FoundKind.Bill, "7", new AccountId("10-0001")),
                new Found(FoundKind.Payment, "7", new AccountId("10-0009")),
            ],
            (await FindAsync(Charged(), "7")).Items
        );
    }

    [Theory]
    [InlineData("10-0001-1-0001", true)]
    [InlineData("10-0001-1-0002", true)]
    [InlineData("10-0001-1-0003", false)]
    [InlineData("10-0002-1-0001", false)]
    public async Task A_debit_is_found_where_its_account_has_it(string id, bool isThere)
    {
        var items = (await FindAsync(Charged(), id)).Items;

        Assert.Equal(isThere ? [new Found(FoundKind.Debit, id, new AccountId("10-0001"))] : [], items);
    }

    [Fact]
    public async Task A_debit_and_its_intent_are_found_long_after_they_have_left_the_account()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        var debit = world.Debit().Id;
        world.At(new DateOnly(2020, 2, 3));
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        world.At(new DateOnly(2021, 7, 12));
        await world.DoAsync(ChargingWorld.Id(), now => new Evaluate(now));
        Assert.Null(world.Ledger().FindDebit(debit));
        stripe.Says = new ProviderAnswer.Read(Reading("pi_1", debit.Value));

        Assert.Equal(FoundKind.Debit, Assert.Single((await FindAsync(world.Ledgers, debit.Value)).Items).Kind);
        Assert.Equal(debit, Assert.Single((await FindAsync(world.Ledgers, "pi_1")).Items).Debit);
        Assert.Empty((await FindAsync(world.Ledgers, "10-0001-1-0099")).Items);
        Assert.Empty((await FindAsync(world.Ledgers, "pi_other")).Items);
    }

    [Fact]
    public async Task An_intent_is_believed_where_the_books_name_it_too()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        await world.PayAsync(ChargingWorld.Id(), 100, "counter");
        var debit = world.Debit().Id;
        stripe.Says = new ProviderAnswer.Read(Reading("pi_1", debit.Value));

        var ours = await FindAsync(world.Ledgers, "pi_1");
        var unknown = await FindAsync(world.Ledgers, "pi_other");
        await world.PayAsync(ChargingWorld.Id(), 500, "pi_taken");
        var takenOver = await FindAsync(world.Ledgers, "pi_taken");

        var found = new Found(FoundKind.Intent, "pi_1", ChargingWorld.Id()) { Debit = debit };
        Assert.Equal((found, null), (Assert.Single(ours.Items), ours.Note));
        Assert.Empty(unknown.Items);
        Assert.Contains("our books do not name it there", unknown.Note, StringComparison.Ordinal);
        Assert.Equal(found with { Id = "pi_taken" }, Assert.Single(takenOver.Items));
    }

    [Theory]
    [InlineData("elsewhere", "10-0001-1-0001")]
    [InlineData("test", "an order")]
    [InlineData("test", null)]
    public async Task An_intent_of_another_app_is_none_of_ours(string environment, string? debit)
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        stripe.Says = new ProviderAnswer.Read(Reading("pi_1", debit) with { Environment = environment });

        var found = await FindAsync(world.Ledgers, "pi_1");

        Assert.Equal((0, "Stripe has intent pi_1, and it is none of this app's."), (found.Items.Count, found.Note));
    }

    [Fact]
    public async Task Without_Stripes_word_it_is_said_why_nothing_is_found()
    {
        stripe.Says = new ProviderAnswer.Rejected("No such payment_intent");
        Assert.Equal("Stripe has no intent pi_1.", (await FindAsync(Charged(), "pi_1")).Note);

        stripe.Says = new ProviderAnswer.NotYet("429");
        Assert.StartsWith("Stripe, which alone knows", (await FindAsync(Charged(), "pi_1")).Note);
        Assert.Null((await FindAsync(Charged(), "10-0001")).Note);
    }

    private async Task<Finding> FindAsync(AccountScenario account, string id)
    {
        var stored = await StoredScenario.OfAsync(account);
        return await FindAsync(stored.Ledgers, id);
    }

    private Task<Finding> FindAsync(ILedgerStore ledgers, string id) =>
        new FindById(ledgers, register, stripe).RunAsync(id, Cancel);

    private static IntentReading Reading(string intent, string? debit) =>
        new()
        {
            IntentId = intent,
            Status = IntentStatus.Succeeded,
            Amount = new Money(5_000),
            DebitId = debit,
            Environment = "test",
        };

    private sealed class OneIntent : IPaymentProvider
    {
        public ProviderAnswer Says { get; set; } = new ProviderAnswer.NotYet("");

        public string Environment => "test";

        public Task<ProviderAnswer> ReadAsync(string intentId) => Task.FromResult(Says);

        public Task<ProviderAnswer> CreateAsync(IntentRequest request) => throw new NotSupportedException();

        public Task<ProviderAnswer> ConfirmAsync(Attempt attempt) => throw new NotSupportedException();

        public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
            throw new NotSupportedException();
    }
}
