using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.Rules.Samples;

/// <summary>
/// The ten customers of the sample city for whom a file was late, wrong or in the wrong order. Their cents are in the
/// table of its README; here is how they came to them.
/// </summary>
public sealed class PeopleOfTheFileRulesTests
{
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(CapeGirardeau.Folder));

    [Fact]
    public async Task R23_A_phone_call_cancels_the_debit_and_the_file_of_the_next_night_does_not_undo_it()
    {
        Assert.Equal(["2020-02-03 09:00"], await WhenAsync<DebitCancelled>("40-0017"));
        Assert.Single(await WhenAsync<AutopaySwitched>("40-0017"));
        Assert.False((await LedgerAsync("40-0017")).Enrolment!.Autopay);
    }

    [Fact]
    public async Task R26_The_clear_waits_for_the_mailed_checks_and_releases_when_they_are_applied()
    {
        Assert.Contains(
            "waits for payments-2020-02-20-mail.csv",
            await LineAsync("2020-02-20 10:00"),
            StringComparison.Ordinal
        );
        Assert.Equal(["2020-02-20 11:00"], await WhenAsync<DebitSatisfied>("30-0018"));
        Assert.Equal(["2020-02-20 11:00", "2020-03-05 09:00"], await WhenAsync<AttemptSubmitted>("30-0014"));
    }

    [Fact]
    public async Task R28_A_slip_that_is_found_after_the_debit_is_the_only_thing_paid_twice()
    {
        var twice = (await City.Value).World.Ledgers.Ledgers.SelectMany(ledger => ledger.PaidTwice()).ToList();
        Assert.Equal(("R0310-01", 47_90), (Assert.Single(twice).Payment.Id.Value, twice[0].Cents.Cents));
    }

    [Fact]
    public async Task R29_R30_A_bill_without_its_zeros_stops_the_debit_until_finance_keeps_it()
    {
        Assert.Equal(["2020-02-10 10:05"], await WhenAsync<CorrectionReceived>("0040016"));
        Assert.Equal(["2020-02-10 10:05"], await WhenAsync<DebitSentToReview>("0040016"));
        Assert.DoesNotContain((await City.Value).Report.Accounts, account => account.Account == "40016");
        Assert.Contains(
            "resembles 0040016",
            Assert.Single((await City.Value).Report.Waiting),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task R31_A_corrected_bill_stops_the_debit_until_finance_takes_its_numbers()
    {
        Assert.Equal(["2020-02-03 08:00"], await WhenAsync<CorrectionReceived>("30-0017"));
        Assert.Empty((await LedgerAsync("30-0017")).Corrections);
        Assert.Equal(118_60, (await HistoryAsync("30-0017")).OfType<BillOpened>().First().Bill.Charges.Cents);
    }

    [Fact]
    public async Task R33_A_bill_and_a_payment_wait_for_the_enrolment()
    {
        Assert.Contains("1 of an unknown account", await LineAsync("2020-02-24 08:05"), StringComparison.Ordinal);
        Assert.Equal(["2020-02-24 08:10"], await WhenAsync<FundsReceived>("20-0016"));
        Assert.Equal("2020-02-24 08:10", (await WhenAsync<BillOpened>("20-0016")).First());
    }

    [Fact]
    public async Task R33_A_reversal_waits_for_its_payment()
    {
        Assert.Contains("1 waits", await LineAsync("2020-02-14 10:00"), StringComparison.Ordinal);
        Assert.Equal(["2020-02-18 17:00"], await WhenAsync<FundsReceived>("20-0018"));
        Assert.Equal(66_30, Assert.Single((await LedgerAsync("20-0018")).Funds).Reversed.Cents);
    }

    [Fact]
    public async Task R34_The_new_tenant_pays_what_was_billed_after_the_change_and_the_old_tenant_s_debit_is_never_sent()
    {
        var intents = (await City.Value).World.Bank.Intents.Where(intent => intent.AccountId == "20-0019");
        Assert.Equal(
            ("cus_cape200019_tenant", 81_70),
            (Assert.Single(intents).Customer, intents.Single().Amount.Cents)
        );
        Assert.Equal(["2020-02-21 09:05"], await WhenAsync<DebitCancelled>("20-0019"));
    }

    [Fact]
    public async Task R38_The_final_bill_is_exempted_from_the_merge_and_debited_on_its_due_date()
    {
        var ledger = await LedgerAsync("20-0020");
        Assert.DoesNotContain(ledger.Debits, debit => debit.State == DebitState.Merged);
        Assert.Equal(["2020-02-20 11:00", "2020-02-26 06:00"], await WhenAsync<AttemptSubmitted>("20-0020"));
    }

    [Fact]
    public async Task R39_A_customer_without_ids_is_known_and_the_one_payment_in_suspense_is_a_real_stray()
    {
        Assert.Equal(50_00, Assert.Single((await LedgerAsync("20-0017")).Funds).Amount.Cents);
        Assert.Equal("R0218-12", Assert.Single((await City.Value).Report.Suspense).Payment);
    }

    private static async Task<AccountLedger> LedgerAsync(string account) =>
        (await City.Value).World.Ledgers.Ledgers.Single(ledger => ledger.Id.Value == account);

    private static async Task<List<LedgerEvent>> HistoryAsync(string account) =>
        [.. (await City.Value).World.Ledgers.HistoryOf(new AccountId(account)).SelectMany(row => row.Events)];

    private static async Task<IEnumerable<string>> WhenAsync<T>(string account)
        where T : LedgerEvent
    {
        var world = (await City.Value).World;
        return world
            .Ledgers.HistoryOf(new AccountId(account))
            .SelectMany(row => row.Events.OfType<T>().Select(_ => world.City.At(row.Authority.At)))
            .Select(at => $"{at.Today:yyyy-MM-dd} {at.TimeOfDay:HH:mm}");
    }

    private static async Task<string> LineAsync(string at) =>
        (await City.Value).Lines.Single(line => line.StartsWith(at, StringComparison.Ordinal));
}
