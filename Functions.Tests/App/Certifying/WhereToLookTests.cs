using Autopay.Application.Certifying;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Certifying;

/// <summary>
/// From which day on payments are read for a certificate: a month before what was counted, and all that a city that
/// requires counts has to have counted.
/// </summary>
public sealed class WhereToLookTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly Authority Office = new("office", "counted", At("2020-01-20", "12:00").Utc);

    [Theory]
    [InlineData(null, "2020-01-20,2020-01-10", "2019-12-10")]
    [InlineData("2020-01-21", "2020-01-10,2020-01-20", "2019-12-10")]
    [InlineData("2019-11-21", "2020-01-10", "2019-11-21")]
    [InlineData("2020-01-21", "", "2020-01-21")]
    public async Task The_earlier_of_a_month_before_the_first_count_and_the_hold_is_the_first_day(
        string? heldOn,
        string counted,
        string expected
    )
    {
        var payments = new AskedPayments();

        await CompareAsync(payments, heldOn, counted, cycle: null);

        Assert.Equal([Day(expected)], payments.From.Distinct());
        Assert.Equal(Bucket.Count, payments.From.Count);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, 1, true)]
    [InlineData("2020-01-21", null, true)]
    public async Task Cycles_are_read_where_a_count_or_a_hold_names_one(string? heldOn, int? cycle, bool read)
    {
        var payments = new AskedPayments { Payment = Posted };

        var compared = await CompareAsync(payments, heldOn, "2020-01-10", cycle);

        Assert.Equal(read, payments.CyclesRead);
        Assert.All(compared.Posted, payment => Assert.Equal(read ? One : null, payment.Cycle));
        Assert.NotEmpty(compared.Posted);
    }

    [Fact]
    public async Task A_count_of_another_cycle_alone_is_none_of_this_one()
    {
        var payments = new AskedPayments { Payment = Posted };

        var compared = await CompareAsync(payments, heldOn: null, "2020-01-10", cycle: 2);

        Assert.Empty(payments.From);
        Assert.Empty(compared.Posted);
        Assert.Empty(compared.Certificate.Lines);
    }

    private static PostedPayment Posted { get; } =
        new(new AccountId("A1"), new PaymentId("P1"), Day("2020-01-10"), "cash", "", new Money(500), Money.Zero);

    private static async Task<ComparedTotals> CompareAsync(
        AskedPayments payments,
        string? heldOn,
        string counted,
        int? cycle
    )
    {
        var store = new ScratchCertificateStore();
        await store.PutTotalsAsync(
            [
                .. counted
                    .Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(day => new ControlTotal(
                        new TotalKey(Day(day), "cash", "", cycle is { } number ? new CycleNumber(number) : null),
                        1,
                        new Money(500),
                        Office
                    )),
            ],
            CancellationToken.None
        );
        var controls = new ScratchControlsStore(new Policies { CountedTotalsRequired = heldOn is not null });
        if (heldOn is not null)
        {
            var now = await controls.LoadAsync(CancellationToken.None);
            var hold = new DeferralDeclared(
                new DeferralId("outage"),
                [One],
                Day(heldOn),
                Day(heldOn).AddDays(14),
                DeferralAction.Hold,
                null
            );
            var changed = now.Controls.Change(hold, Office);
            Assert.True(
                await controls.TrySaveAsync(now, changed, new ControlAct(hold, Office), CancellationToken.None)
            );
        }

        return await new CompareTotals(store, payments, controls).RunAsync(
            One,
            new Dictionary<string, DateOnly>(),
            CancellationToken.None
        );
    }

    private sealed class AskedPayments : IPostedPayments
    {
        public List<DateOnly> From { get; } = [];

        public bool CyclesRead { get; private set; }

        public PostedPayment? Payment { get; init; }

        public Task<IReadOnlyList<PostedPayment>> ReadAsync(
            Bucket bucket,
            DateOnly receivedFrom,
            CancellationToken cancel
        )
        {
            From.Add(receivedFrom);
            return Task.FromResult<IReadOnlyList<PostedPayment>>(Payment is { } payment ? [payment] : []);
        }

        public Task<IReadOnlyDictionary<AccountId, CycleNumber>> ReadCyclesAsync(
            Bucket bucket,
            CancellationToken cancel
        )
        {
            CyclesRead = true;
            return Task.FromResult<IReadOnlyDictionary<AccountId, CycleNumber>>(
                new Dictionary<AccountId, CycleNumber> { [new AccountId("A1")] = One }
            );
        }
    }
}
