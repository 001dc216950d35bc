using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Work;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What finance reads of debits that wait for a release (I25, R45).</summary>
public sealed class ReleaseWorkTests
{
    // January and February were both held, and go together: 110.01, in two parts.
    private static AccountScenario Cleared() =>
        GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split }, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"])
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On("2020-02-19", "06:00")
            .WhenFinanceClears(1);

    private static async Task<string[]> WorkOfAsync(AccountScenario account)
    {
        var books = await StoredScenario.OfAsync(account);
        var count = new CountCycles(books.Ledgers, new NothingKept(), books.Clock);
        var work = new ReleaseWork(books.Controls, count, books.Clock);
        return [.. (await work.ReadAsync(TestContext.Current.CancellationToken)).Select(item => item.Reason)];
    }

    [Fact]
    public async Task A_debit_of_two_due_dates_waits_once() =>
        Assert.Equal(
            ["1 debits of cycle 1, 110.01, were held and wait for an approved release"],
            await WorkOfAsync(Cleared())
        );

    [Fact]
    public async Task A_part_that_was_let_go_waits_for_its_day_and_for_no_release()
    {
        var released = Cleared().WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed();
        Assert.Empty(await WorkOfAsync(released));
        Assert.Equal(
            ["1 debits of cycle 1, 55.00, were held and wait for an approved release"],
            await WorkOfAsync(released.WhenTheReleaseIsStopped())
        );
    }

    [Fact]
    public async Task A_debit_that_took_in_a_few_cents_of_a_hold_waits_for_none() =>
        Assert.Empty(
            await WorkOfAsync(
                GivenAnAccount(releases: true)
                    .WhenABillIsImported("jan", 5_000)
                    .WhenFinanceHolds("jan")
                    .WhenAPaymentIsPosted("p", 4_970, "jan")
                    .WhenABillIsImported("feb", 6_000)
                    .On("2020-01-23", "07:00")
                    .WhenFinanceClears(1)
                    .WhenEvaluated()
            )
        );
}
