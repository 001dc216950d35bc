using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;

namespace Autopay.Tests.App.Reconciling;

/// <summary>After a restore an intent of ours is taken over once, or its money waits for whose it is (F50).</summary>
public sealed class AdoptedIntentsTests
{
    private const string Intent = "pi_9";
    private static readonly AccountId Account = ChargingWorld.Id();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(IntentStatus.Untouched)]
    [InlineData(IntentStatus.RequiresAction)]
    [InlineData(IntentStatus.Unknown)]
    public async Task An_intent_that_has_moved_nothing_is_not_taken_over(IntentStatus status)
    {
        await using var city = new SweptCity();
        await city.EnrolAsync();

        Assert.Equal(Adoption.None, await AdoptAsync(city, Reading(city) with { Status = status }));

        Assert.Empty(city.Ledger(Account).Debits.SelectMany(debit => debit.Attempts));
        Assert.Empty(city.Ledger(Account).Funds);
    }

    [Theory]
    [InlineData(IntentStatus.Succeeded, 0, Adoption.InSuspense)]
    [InlineData(IntentStatus.Succeeded, 5_000, Adoption.None)]
    [InlineData(IntentStatus.Processing, 0, Adoption.None)]
    public async Task Money_of_an_account_that_is_not_in_the_books_waits_when_there_is_any(
        IntentStatus status,
        long refunded,
        Adoption expected
    )
    {
        await using var city = new SweptCity();

        var adoption = await AdoptAsync(city, Reading(city) with { Status = status, Refunded = new Money(refunded) });

        Assert.Equal(expected, adoption);
        var waiting = await city.Suspense.ReadAllAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal(
            expected == Adoption.InSuspense ? [(Account.Value, $"{Account}-1-0001", 5_000L)] : [],
            waiting.Select(it => (it.NamedAccount, it.Payment.Drawer, it.Payment.Amount.Cents))
        );
    }

    // As the attempt that it was, or as the account's money where another amount is open.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_taken_over_once_whatever_else_was_paid_and_also_when_its_debit_has_left_the_ledger(
        bool pays
    )
    {
        await using var city = new SweptCity();
        await city.EnrolAsync();
        await (pays ? ChangeAsync(city, now => new PostBackPayment(Counter(now), now)) : Task.CompletedTask);

        Assert.Equal(Adoption.TakenOver, await AdoptAsync(city, Reading(city)));
        Assert.Equal(Adoption.None, await AdoptAsync(city, Reading(city)));
        var taken = city.Ledger(Account);
        var debits = taken.Debits.Where(debit => debit.Attempts.Count > 0).Select(debit => debit.Id).ToList();
        Assert.Equal(pays ? (0, 1) : (1, 0), (debits.Count, taken.Funds.Count(funds => funds.Id.Value == Intent)));
        await ArchiveAsync(city, debits);

        Assert.Equal(Adoption.None, await AdoptAsync(city, Reading(city)));
        Assert.Equal(taken.Funds.Count, city.Ledger(Account).Funds.Count);
    }

    [Fact]
    public async Task What_waited_in_suspense_is_posted_when_its_account_has_come()
    {
        await using var city = new SweptCity();
        Assert.Equal(Adoption.InSuspense, await AdoptAsync(city, Reading(city)));
        await city.EnrolAsync();

        Assert.Equal(Adoption.TakenOver, await AdoptAsync(city, Reading(city)));

        var posted = await city.Suspense.ReadAllAsync(Cancel).SingleAsync(Cancel);
        Assert.Equal((Account, true, false), (posted.AssignedTo!.Value, posted.IsPosted, posted.IsOpen));
        Assert.Equal(Adoption.Assigned, await AdoptAsync(city, Reading(city)));
    }

    // Of a whole run: what is found no more is off the list, and nothing of anybody else is.
    [Fact]
    public async Task A_difference_that_nobody_finds_any_more_leaves_the_list_with_a_whole_comparison()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.Later(TimeSpan.FromDays(1));
        await world.Stuck.PutAsync(Item("reconcile:pi_gone", Reconcile.Kind, world.Now.Utc), Cancel);
        await world.Stuck.PutAsync(Item("poison:1", "poison", world.Now.Utc), Cancel);

        await world.Verb<Reconcile>().RunAsync(world.Now.Utc.AddHours(-1), "test", Cancel);
        Assert.Equal(["poison", Reconcile.Kind], await KindsAsync(world));

        world.Later(TimeSpan.FromSeconds(1));
        await world.Verb<Reconcile>().RunAsync(null, "test", Cancel);
        Assert.Equal(["poison"], await KindsAsync(world));
    }

    private static IntentReading Reading(SweptCity city) =>
        new()
        {
            IntentId = Intent,
            Status = IntentStatus.Succeeded,
            Amount = new Money(5_000),
            Received = new Money(5_000),
            Customer = "cus_1",
            PaymentMethod = "pm_pays",
            CreatedAt = city.Now.AddDays(-1),
            AccountId = Account.Value,
            DebitId = $"{Account}-1-0001",
            AttemptNumber = 1,
        };

    private static Funds Counter(Moment now) =>
        new()
        {
            Id = new PaymentId("p0"),
            Source = FundsSource.BackPayment,
            Amount = new Money(100),
            Channel = "cash",
            ReceivedOn = now.Today,
            PostedOn = now.Today,
        };

    private static StuckItem Item(string id, string kind, DateTimeOffset since) =>
        new(id, kind, "It differs.", "", since);

    private static Task<Adoption> AdoptAsync(SweptCity city, IntentReading intent) =>
        city.Verb<AdoptIntents>().RunAsync(intent, Cancel);

    private static Task ChangeAsync(SweptCity city, Func<Moment, LedgerCommand> command) =>
        city.Verb<ChangeAccount>().RunAsync(Account, command, city.By("clerk"), Cancel);

    private static async Task ArchiveAsync(SweptCity city, IReadOnlyList<DebitId> debits)
    {
        var before = (await city.Ledgers.LoadAsync(Account, Cancel))!;
        var archived = new ItemsArchived(debits, [], [], "Closed long ago");
        var after = before.Ledger.Apply(archived) with { Operations = before.Ledger.Operations + 1 };
        var save = new LedgerSave(before, [archived], after, null, OperationId.New(), city.By("autopay"));
        await city.Ledgers.SaveAsync(Bucket.Of(Account), [save], Cancel);
    }

    private static async Task<IEnumerable<string>> KindsAsync(ChargingWorld world) =>
        (await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel))
            .Select(item => item.Kind)
            .Order(StringComparer.Ordinal);
}
