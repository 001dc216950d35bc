using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>The simulator's law of releases finds what does not add up (I25).</summary>
public sealed class ReleaseLawTests
{
    private static readonly AccountId Account = new("A-1");
    private static readonly Authority Bob = new("bob", "Read it", DateTimeOffset.UnixEpoch);

    private static readonly Release Approved = new(
        new ReleaseTerms("R-1", new CycleNumber(1), "hash", 4, new Money(100_00)),
        Bob
    );

    public static TheoryData<string, int, LineState> Damages =>
        new()
        {
            { "has 3 debits, and 4 were approved", 3, LineState.Planned },
            { "comes to 90.00, and 100.00 were approved", 4, LineState.Planned },
            { "tells that A-1-1-0001 was sent for 25.00, and it was not", 4, LineState.Sent },
        };

    [Fact]
    public void In_every_state_a_planned_debit_is_in_exactly_one_place() =>
        Assert.All(
            Enum.GetValues<LineState>().Where(state => state != LineState.Sent),
            state => Assert.Null(ReleaseLaw.WhyNot(Approved, [.. Lines(4, 25_00, state)], []))
        );

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_does_not_add_up_is_told(string told, int lines, LineState state)
    {
        var cents = told.StartsWith("comes", StringComparison.Ordinal) ? 22_50 : 25_00;
        var ledger = AccountScenario.GivenAnAccount(account: "A-1").WhenABillIsImported("jan", 25_00).Ledger;

        var why = ReleaseLaw.WhyNot(Approved, [.. Lines(lines, cents, state)], [ledger]);

        Assert.Contains(told, why!, StringComparison.Ordinal);
    }

    private static IEnumerable<PlanLine> Lines(int count, int cents, LineState state) =>
        Enumerable
            .Range(1, count)
            .Select(number => new PlanLine
            {
                Debit = new DebitId(Account, 1, number),
                DueDate = new DateOnly(2020, 1, 22),
                Outcome = PlanOutcome.ToBank,
                Billed = new Money(cents),
                PaidElsewhere = Money.Zero,
                Bills = [new AttemptLine(new BillId($"B-{number}"), new Money(cents))],
                Customer = "cus_1",
                PaymentMethod = "pm_1",
                State = state,
                Sent = state == LineState.Sent ? new Money(cents) : Money.Zero,
            });
}
