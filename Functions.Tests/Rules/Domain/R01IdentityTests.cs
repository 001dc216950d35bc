using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R1: a debit's identity.</summary>
public sealed class R01IdentityTests
{
    [Fact]
    public void R01_A_debit_id_is_the_account_the_generation_and_a_sequence_number() =>
        Assert.Equal("10-0001-1-0001", GivenAnAccount().WhenABillIsImported("jan", 5_000).Debit(1).Id.Value);

    [Fact]
    public void R01_An_id_reads_back_from_its_text_also_when_the_account_has_hyphens()
    {
        var id = new DebitId(new AccountId("10-00-1"), 2, 31);
        Assert.Equal(id, DebitId.From(id.Value));
    }

    [Theory]
    [InlineData("10-0001")]
    [InlineData("10-x-0001")]
    [InlineData("10-1--1")]
    [InlineData("")]
    [InlineData(null)]
    public void R01_Other_text_is_no_debit_id(string? text) => Assert.False(DebitId.TryParse(text, out _));

    [Fact]
    public void R01_An_id_is_never_reused_not_even_that_of_a_cancelled_debit()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenAutopayGoesOff().WhenAutopayGoesOn();
        account.ThenDebits(Cancelled, Scheduled);
        Assert.Equal("10-0001-1-0002", account.Debit(2).Id.Value);
    }

    [Fact]
    public void R01_An_id_is_not_reused_when_the_debit_was_archived()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2021-09-01")
            .WhenEvaluated();
        Assert.Empty(account.Ledger.Debits);
        account.WhenABillIsImported("later", 5_000, due: "2021-09-15");
        Assert.Equal("10-0001-1-0002", Assert.Single(account.Ledger.Debits).Id.Value);
    }

    [Fact]
    public void R01_Restoring_from_a_backup_raises_the_generation()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        var restored = account.Ledger with { Generation = 2 };
        var happened = LedgerDecider.Decide(
            new ImportBill(account.NewBill("feb", 5_000), account.Now),
            restored,
            account.Controls
        );
        Assert.Equal("10-0001-2-0002", Assert.Single(happened.OfType<DebitScheduled>()).Debit.Id.Value);
    }

    [Fact]
    public void R01_Idempotency_keys_come_from_debit_and_attempt_and_are_never_reused()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-01-29");
        var attempts = account.Debit(1).Attempts;
        Assert.Equal(["pi-10-0001-1-0001-1", "pi-10-0001-1-0001-2"], attempts.Select(attempt => attempt.CreateKey));
        Assert.Equal(
            6,
            attempts
                .SelectMany(attempt =>
                    new[] { attempt.CreateKey, attempt.ConfirmKey, attempt.CancelKeyAt(DateTimeOffset.UnixEpoch) }
                )
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public void R01_A_cancel_that_met_a_stored_error_is_tried_again_under_a_key_of_its_own()
    {
        var attempt = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .Debit(1)
            .LastAttempt!;
        Assert.NotEqual(
            attempt.CancelKeyAt(DateTimeOffset.UnixEpoch),
            attempt.CancelKeyAt(DateTimeOffset.UnixEpoch.AddSeconds(1))
        );
    }

    [Fact]
    public void R01_A_restore_raises_the_generation_and_never_lowers_it()
    {
        var account = GivenAnAccount();
        account.Do(new RaiseGeneration(3, "restored", account.Now)).WhenABillIsImported("jan", 5_000);
        Assert.Equal(3, Assert.Single(account.Ledger.Debits).Id.Generation);
        account.Do(new RaiseGeneration(3, "restored", account.Now)).ThenNothingHappened();
        account.Do(new RaiseGeneration(2, "restored", account.Now)).ThenNothingHappened();
    }
}
