using System.Text.Json;
using Autopay.Storage;
using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>What holds whatever happens. A failure prints the seed that repeats it.</summary>
public sealed class LedgerLaws
{
    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    [Fact]
    public void No_cent_is_lost_or_made_and_every_invariant_holds_after_every_step() =>
        Step.Anything.Sample(
            steps =>
            {
                var player = StepPlayer.Play(steps);
                var ledger = player.Account.Ledger;
                var debits = ledger
                    .Debits.Concat(player.Account.Archived.Select(debit => ledger.WithLateReturns(debit)))
                    .ToList();
                var cameBack = player.Account.Intents.Sum(intent => intent.ReturnedCents.Cents);
                var collected =
                    player
                        .Account.Intents.Where(intent => intent.Status == IntentStatus.Succeeded)
                        .Sum(intent => intent.Received.Cents) - debits.Sum(debit => debit.ReturnedCents.Cents);
                var givenBack = debits
                    .SelectMany(debit => debit.Refunds)
                    .Where(refund => refund.Counts)
                    .SelectMany(refund => refund.Lines)
                    .Sum(line => line.Cents)
                    .Cents;
                var refunds = ledger
                    .Funds.Where(funds => funds.Source == FundsSource.OverCollected)
                    .Sum(funds => funds.Amount - funds.Reversed)
                    .Cents;
                Assert.Equal(
                    player.Billed,
                    ledger.Bills.Sum(bill => bill.Open + bill.PaidElsewhere + bill.Collected).Cents
                );
                Assert.Equal(cameBack, debits.Sum(debit => debit.ReturnedCents + debit.Lost).Cents);
                Assert.Equal(collected - givenBack, ledger.Bills.Sum(bill => bill.Collected).Cents + refunds);
                Assert.Equal(
                    player.PaidIn + refunds,
                    ledger.Bills.Sum(bill => bill.PaidElsewhere).Cents
                        + ledger.Credit.Cents
                        + ledger.Funds.Sum(funds => funds.Refunded).Cents
                );
            },
            iter: 2_000
        );

    [Fact]
    public void Repeating_any_import_changes_nothing()
    {
        var repeated = 0;
        Step.Anything.Sample(
            steps =>
            {
                List<LedgerCommand> imports = [];
                var account = StepPlayer
                    .Play(steps, player => player.Account.Watch = (command, _) => imports.Add(command))
                    .Account;
                account.Watch = null;
                account.WhenEvaluated();
                var before = account.Ledger;
                foreach (
                    var import in imports.Where(command =>
                        command is ImportBill or PostBackPayment or ReversePayment or AdjustBill
                    )
                )
                {
                    account.Do(import with { Now = account.Now }).ThenNothingHappened();
                    Interlocked.Increment(ref repeated);
                }

                Assert.Same(before, account.Ledger);
            },
            iter: 1_000
        );
        Assert.InRange(repeated, 1_000, int.MaxValue);
    }

    [Fact]
    public void Deciding_is_pure_and_a_ledger_read_back_from_its_text_decides_the_same() =>
        Step.Anything.Sample(
            steps =>
                StepPlayer.Play(
                    steps,
                    player =>
                        player.Account.Watch = (command, before) =>
                        {
                            var readBack = JsonSerializer.Deserialize<AccountLedger>(Text(before))!;
                            Assert.Equal(
                                Text(player.Account.LastEvents),
                                Text(LedgerDecider.Decide(command, before, player.Account.Controls))
                            );
                            Assert.Equal(
                                Text(player.Account.LastEvents),
                                Text(LedgerDecider.Decide(command, readBack, player.Account.Controls))
                            );
                        }
                ),
            iter: 300
        );

    [Fact]
    public void The_stored_events_fold_to_the_ledger() =>
        Step.Anything.Sample(
            steps =>
            {
                List<LedgerEvent> history = [];
                var player = StepPlayer.Play(
                    steps,
                    it => it.Account.Watch = (_, _) => history.AddRange(it.Account.LastEvents)
                );
                var start = StepPlayer.Play([]).Account.Ledger;
                var stored = EventJson.Deserialize(EventJson.Serialize(history));
                Assert.Equal(
                    Text(player.Account.Ledger),
                    Text(stored.Aggregate(start, (ledger, happened) => ledger.Apply(happened)))
                );
            },
            iter: 300
        );

    [Fact]
    public void A_bill_has_one_home_and_every_merged_part_leads_to_a_debit_that_is_not_merged()
    {
        var merged = 0;
        Step.Anything.Sample(
            steps =>
                StepPlayer.Play(
                    steps,
                    player =>
                        player.Account.Watch = (_, _) =>
                        {
                            var ledger = player.Account.Ledger;
                            Assert.DoesNotContain(ledger.Bills, bill => HomesOf(ledger, bill) > 1);
                            Assert.DoesNotContain(
                                ledger.Debits,
                                debit => EndOf(ledger, debit).State == DebitState.Merged
                            );
                            Interlocked.Add(ref merged, ledger.Debits.Count(it => it.State == DebitState.Merged));
                        }
                ),
            iter: 500
        );
        Assert.InRange(merged, 50, int.MaxValue);
    }

    private static int HomesOf(AccountLedger ledger, Bill bill) =>
        ledger.Debits.Count(debit => !debit.IsTerminal && debit.State != DebitState.Merged && debit.Names(bill.Id));

    private static Debit EndOf(AccountLedger ledger, Debit debit)
    {
        for (var hops = 0; debit.State == DebitState.Merged && hops < 50; hops++)
        {
            debit = ledger.DebitOf(debit.MergedInto!.Value);
        }

        return debit;
    }

    [Fact]
    public void Only_moves_of_the_state_table_happen_and_a_debit_never_has_two_living_attempts()
    {
        var moves = 0;
        Step.Anything.Sample(
            steps =>
                StepPlayer.Play(
                    steps,
                    player =>
                        player.Account.Watch = (_, before) =>
                        {
                            foreach (var debit in player.Account.Ledger.Debits)
                            {
                                ThenItsAttemptsAreOneAfterAnother(debit);
                                ThenItStaysClosed(before.FindDebit(debit.Id), debit);
                                Interlocked.Increment(ref moves);
                            }
                        }
                ),
            iter: 500
        );
        Assert.InRange(moves, 5_000, int.MaxValue);
    }

    private static void ThenItsAttemptsAreOneAfterAnother(Debit debit)
    {
        var alive = debit.Attempts.Count(attempt =>
            attempt.Phase is not (AttemptPhase.Refused or AttemptPhase.Abandoned)
        );
        Assert.InRange(alive, 0, 1);
        Assert.Equal(Enumerable.Range(1, debit.Attempts.Count), debit.Attempts.Select(attempt => attempt.Number));
    }

    private static void ThenItStaysClosed(Debit? before, Debit debit) =>
        Assert.False(
            before is { IsTerminal: true } closed && (closed.State, closed.ClosedOn) != (debit.State, debit.ClosedOn)
        );

    [Fact]
    public void Evaluating_twice_at_the_same_moment_does_nothing_the_second_time() =>
        Step.Anything.Sample(
            steps =>
                StepPlayer.Play(
                    steps,
                    player =>
                        player.Account.Watch = (command, _) =>
                        {
                            if (command is Evaluate)
                            {
                                Assert.Equal(
                                    "[]",
                                    Text(LedgerDecider.Decide(command, player.Account.Ledger, player.Account.Controls))
                                );
                            }
                        }
                ),
            iter: 1_000
        );

    [Fact]
    public void Withdrawing_a_merge_restores_exactly_what_was_there() =>
        Gen.Select(Step.AnyArrangement, Gen.Int[-30, 30], Gen.Int[0, 60])
            .Sample(
                (steps, from, days) =>
                {
                    var account = StepPlayer.Play(steps).Account.WhenFinanceHalts();
                    var before = Shape(account.Ledger);
                    var start = account.Now.Today.AddDays(from);
                    account
                        .Change(
                            new DeferralDeclared(
                                new DeferralId("trial"),
                                [new CycleNumber(1), new CycleNumber(2)],
                                start,
                                start.AddDays(days),
                                DeferralAction.Merge,
                                null
                            )
                        )
                        .WhenFinanceWithdraws("trial");
                    Assert.Equal(before, Shape(account.Ledger));
                },
                iter: 1_000
            );

    // All that the ledger says, but for what tells of the way: marks of a bill, reason and day of a debit's last move,
    // and that it is listed because it waits for long since that day.
    private static string Shape(AccountLedger ledger) =>
        Text(
            ledger with
            {
                Bills = [.. ledger.Bills.Select(bill => bill with { Marks = default })],
                Debits =
                [
                    .. ledger.Debits.Select(debit =>
                        debit with
                        {
                            Reason = "",
                            DeferredOn = null,
                            NotCollected = null,
                            Lines = Sorted(debit.Lines),
                        }
                    ),
                ],
            }
        );

    private static IReadOnlyList<DebitLine> Sorted(IEnumerable<DebitLine> lines) =>
        [.. lines.OrderBy(line => line.Bill.Value, StringComparer.Ordinal)];

    [Fact]
    public void The_order_of_two_payments_does_not_matter() =>
        Gen.Select(Step.AnyMoney, Payments, Payments)
            .Sample(
                (steps, one, other) =>
                    Assert.Equal(
                        MoneyAfter(steps, one with { Id = "one" }, other with { Id = "two" }),
                        MoneyAfter(steps, other with { Id = "two" }, one with { Id = "one" })
                    ),
                iter: 1_000
            );

    [Fact]
    public void A_payment_before_the_latest_bill_is_a_payment_after_it() =>
        Gen.Select(Step.AnyMoney, Gen.Long[1, 20_000], Gen.Long[0, 20_000])
            .Sample(
                (steps, paid, billed) =>
                {
                    var first = StepPlayer
                        .Play(steps)
                        .Account.WhenAPaymentIsPosted("last", paid)
                        .WhenABillIsImported("last", billed, due: "2021-01-06", previous: 0);
                    var then = StepPlayer
                        .Play(steps)
                        .Account.WhenABillIsImported("last", billed, due: "2021-01-06", previous: 0)
                        .WhenAPaymentIsPosted("last", paid);
                    Assert.Equal(MoneyOf(first.Ledger), MoneyOf(then.Ledger));
                },
                iter: 500
            );

    [Fact]
    public void Accounts_do_not_touch_each_other() =>
        Gen.Select(Step.Anything, Step.Anything)
            .Sample(
                (one, other) =>
                {
                    var (left, right) = (StepPlayer.For(one), StepPlayer.For(other));
                    for (var step = 0; step < Math.Max(one.Length, other.Length); step++)
                    {
                        left.Take(one.ElementAtOrDefault(step));
                        right.Take(other.ElementAtOrDefault(step));
                    }

                    Assert.Equal(
                        Text(
                            StepPlayer
                                .Play([
                                    .. one,
                                    .. Enumerable.Repeat(default(Step), Math.Max(0, other.Length - one.Length)),
                                ])
                                .Account.Ledger
                        ),
                        Text(left.Account.Ledger)
                    );
                },
                iter: 100
            );

    private sealed record Paid(string Id, long Cents, string? Bill);

    private static readonly Gen<Paid> Payments = Gen.Select(
        Gen.Long[1, 20_000],
        Gen.Int[0, 8],
        (cents, bill) => new Paid("", cents, bill == 0 ? null : $"b{bill:00}")
    );

    private static string MoneyAfter(Step[] steps, params Paid[] payments)
    {
        var account = payments.Aggregate(
            StepPlayer.Play(steps).Account,
            (it, paid) => it.WhenAPaymentIsPosted(paid.Id, paid.Cents, paid.Bill)
        );
        return MoneyOf(account.Ledger);
    }

    private static string MoneyOf(AccountLedger ledger) =>
        $"{ledger.Credit}: {string.Join(", ", ledger.BillsOldestFirst().Select(bill => $"{bill.Id} {bill.Open}"))}";
}
