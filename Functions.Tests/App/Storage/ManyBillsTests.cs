using Autopay.Application.Ports.Books;

namespace Autopay.Tests.App.Storage;

/// <summary>One account with more than a transaction's 100 rows or a property's 32 Ki characters.</summary>
[Trait("Layer", "L5")]
public sealed class ManyBillsTests(Books books) : IClassFixture<Books>
{
    private const int Parts = 150;
    private static readonly CityCalendar City = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
    private static readonly Moment Now = City.At(Books.Now);

    // Bills far ahead of their arrival (R35).
    private static readonly Controls AnyDate = new() { Policies = new Policies { MaxDaysBeforeDueDate = 10_000 } };

    [Fact]
    public async Task F37_a_merge_of_150_bills_is_one_transaction_and_is_read_back_whole()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var entry = await books.SaveOneAsync(Books.Enrol(account));
        foreach (var bills in Enumerable.Range(0, Parts + 1).Chunk(75))
        {
            entry = await books.SaveOneAsync(
                Decided(entry, AnyDate, [.. bills.Select(number => new ImportBill(BillOf(number), Now))])
            );
        }

        var merge = new DeferralDeclared(
            new DeferralId("late"),
            [new CycleNumber(1)],
            BillOf(0).DueDate,
            BillOf(Parts - 1).DueDate,
            DeferralAction.Merge,
            null
        );
        var save = Decided(entry, AnyDate.Change(merge, Books.Because("late bills")), new Evaluate(Now));
        books.Watch.Forget();
        var merged = await books.SaveOneAsync(save);

        Assert.StartsWith("POST", Assert.Single(books.Watch.Requests), StringComparison.Ordinal);
        var read = (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;
        Assert.Equal(
            (merged.Tag, Parts + 1),
            (read.Tag, read.Ledger.Debits.Single(debit => debit.IsUnsent).Lines.Count)
        );
        Assert.Equal(Parts, read.Ledger.Debits.Count(debit => debit.State == DebitState.Merged));
        Assert.InRange(System.Text.Json.JsonSerializer.Serialize(read.Ledger).Length, 32 * 1024, int.MaxValue);
        Assert.Equal(save.Events.Count, (await books.HistoryAsync(account))[^1].Events.Count);
    }

    private static LedgerSave Decided(
        LedgerEntry before,
        Controls controls,
        params IReadOnlyList<LedgerCommand> commands
    )
    {
        var ledger = before.Ledger;
        List<LedgerEvent> events = [];
        foreach (var command in commands)
        {
            var happened = LedgerDecider.Decide(command, ledger, controls);
            ledger = happened.Aggregate(ledger, (state, step) => state.Apply(step));
            events.AddRange(happened);
        }

        return Books.Save(before, null, events);
    }

    private static Bill BillOf(int number) =>
        Books.Opened($"B-{number}", 100 + number).Bill with
        {
            DueDate = new DateOnly(2020, 2, 1).AddDays(number),
            PenaltyDate = new DateOnly(2020, 2, 8).AddDays(number),
        };
}
