using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Reconciling;

namespace Autopay.Tests.App.Hints;

/// <summary>What nobody else would go on with the sweep does: each of its duties, by what is left without it.</summary>
public sealed class RunSweepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_that_it_has_run_and_keeps_what_residents_read()
    {
        await using var city = new SweptCity();

        await city.SweepAsync();

        Assert.Equal(city.Now, (await city.Beats.ReadAsync(Cancel))[RunSweep.Heartbeat]);
        Assert.Equal(city.Now, (await city.Status.FindAsync(Cancel))?.AsOf);
    }

    [Fact]
    public async Task It_notes_the_end_of_a_standstill_before_it_says_that_it_runs_again()
    {
        await using var city = await SweptTwiceAsync();
        city.Later(TimeSpan.FromMinutes(16));

        await city.SweepAsync();

        Assert.Equal(city.Now, await city.Verb<StandstillWatch>().ReadAsync(Cancel));
    }

    [Fact]
    public async Task Three_sweeps_that_stay_away_are_no_standstill_until_a_fourth_is_late()
    {
        await using var city = await SweptTwiceAsync();
        var began = city.Now.AddMinutes(-5);
        city.Later(TimeSpan.FromMinutes(15));

        Assert.Equal(began, await city.Verb<StandstillWatch>().NoteAsync(Cancel));

        city.Later(TimeSpan.FromTicks(1));
        var ended = city.Now;
        Assert.Equal(ended, await city.Verb<StandstillWatch>().NoteAsync(Cancel));
        city.Later(TimeSpan.FromHours(1));
        Assert.Equal(ended, await city.Verb<StandstillWatch>().NoteAsync(Cancel));
    }

    // It ends with the first sweep of all, which is noted at the same moment.
    [Fact]
    public async Task The_end_of_a_standstill_that_one_sweep_followed_is_noted_once()
    {
        await using var city = new SweptCity();
        await city.SweepAsync();
        var ended = city.Now;
        city.Later(TimeSpan.FromHours(1));

        Assert.Equal(ended, await city.Verb<StandstillWatch>().NoteAsync(Cancel));
    }

    [Fact]
    public async Task It_holds_what_falls_due_when_no_bills_file_comes()
    {
        await using var city = new SweptCity(new Policies { StaleBillsDays = 3 });
        await city.EnrolAsync();

        await city.SweepAsync();

        Assert.Equal(DeferralAction.Hold, Assert.Single(city.Controls.Current.Deferrals).Action);
    }

    [Fact]
    public async Task It_posts_a_payment_that_was_assigned_by_somebody_who_died()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        var payment = new Funds
        {
            Id = new PaymentId("p1"),
            Source = FundsSource.BackPayment,
            Amount = new Money(1_000),
            Channel = "cash",
            ReceivedOn = new DateOnly(2020, 1, 21),
            PostedOn = new DateOnly(2020, 1, 22),
        };
        await city.Suspense.PutAsync(
            new SuspensePayment(payment, "10-9999", "payments-1", 2, city.Now)
            {
                AssignedTo = account,
                AssignedBy = city.By("clerk"),
            },
            Cancel
        );

        await city.SweepAsync();

        Assert.Equal(4_000, city.Ledgers.Ledgers.Single().Bills.Single().Open.Cents);
    }

    [Fact]
    public async Task It_clears_what_waits_for_no_file_any_more()
    {
        await using var city = new SweptCity();
        await city.ChangeAsync(new BacklogClearing([SweptCity.One], new Dictionary<string, DateOnly>()));
        Assert.False(city.Controls.Current.BacklogOf(SweptCity.One).Cleared);

        await city.SweepAsync();

        Assert.True(city.Controls.Current.BacklogOf(SweptCity.One).Cleared);
    }

    // Nothing of it is in the books: each ends, and says why nothing came of it.
    [Fact]
    public async Task It_goes_on_with_what_two_people_agreed_on_and_a_dead_run_left()
    {
        await using var city = new SweptCity();
        var account = new AccountId("10-9999");
        await city.AgreeAsync(
            "refund",
            new RefundAgreed(new DebitId(account, 1, 1), "r1", RefundKind.Refund, new Money(9_000), Money.Zero)
        );
        await city.ChangeAsync(
            new DeferralDeclared(
                new DeferralId("outage"),
                [SweptCity.One],
                new DateOnly(2020, 1, 22),
                new DateOnly(2020, 1, 22),
                DeferralAction.Hold,
                null
            )
        );
        await city.AgreeAsync(
            "exempt",
            new ExemptionAgreed(account, new BillId("b1"), new DeferralId("outage"), new Money(9_000))
        );
        await city.AgreeAsync("import", new ImportAgreed("accounts-1", "00", city.Now, new(9, 0, 9, 0, 0)));

        await city.SweepAsync();

        Assert.Equal(
            [
                "Nothing was given back: There is no account 10-9999.",
                "Nothing is taken out: There is no account 10-9999.",
                "Import accounts-1 has gone on already, or is set aside",
            ],
            city.Controls.Current.Approvals.Select(approval => approval.Outcome)
        );
    }

    [Fact]
    public async Task Nobody_agrees_to_a_refund_of_what_was_not_collected()
    {
        await using var city = new SweptCity();
        var debit = new DebitId(await city.EnrolAsync(), 1, 1);
        var refund = new RefundAgreed(debit, "r1", RefundKind.Refund, new Money(5_000), Money.Zero);
        await city.ChangeAsync(new ApprovalAsked("refund", refund));
        var given = new ApprovalGiven("refund", city.Controls.Current.Approvals.Single().Hash);

        await Assert.ThrowsAnyAsync<RefusedException>(() =>
            city.Verb<DecideApproval>().ApproveAsync(given, new ChangeRequest(city.By("bob")), Cancel)
        );

        Assert.Null(city.Controls.Current.Approvals.Single().Decided);
    }

    [Fact]
    public async Task It_asks_again_for_a_plan_whose_message_was_lost()
    {
        await using var city = new SweptCity();
        var lost = await city.Releases.AddAsync(
            id => new ReleasePlan(id, SweptCity.One, PlanState.Planning, city.By("ann")),
            Cancel
        );

        await city.SweepAsync();

        Assert.Equal(lost.Plan.Id, Assert.Single(city.Queue.Runs).ReleaseId);
    }

    [Fact]
    public async Task It_asks_again_for_the_bucket_of_notices_that_nobody_has_sent()
    {
        await using var city = new SweptCity(new Policies { TellCollected = true }, new IdleMailer());
        city.Outbox.Accounts.Add(new AccountId("10-0001"));

        await city.SweepAsync();

        Assert.Equal(Bucket.Of(new AccountId("10-0001")).Number, Assert.Single(city.Queue.Notices).Bucket);
    }

    [Fact]
    public async Task An_account_that_could_not_be_looked_at_is_looked_at_again_and_leaves_the_list()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        await city.Stuck.PutAsync(Item("account", account.Value, city.Now), Cancel);
        await city.Stuck.PutAsync(Item("poison", account.Value, city.Now), Cancel);

        await city.SweepAsync();

        Assert.Equal("poison", (await city.Stuck.ReadAllAsync(Cancel).SingleAsync()).Kind);
        Assert.Single(city.Bank.Charging);
    }

    [Fact]
    public async Task An_account_on_the_list_that_nobody_has_leaves_it()
    {
        await using var city = new SweptCity();
        await city.Stuck.PutAsync(Item("account", "10-9999", city.Now), Cancel);

        await city.SweepAsync();

        Assert.Empty(await city.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    private static async Task<SweptCity> SweptTwiceAsync()
    {
        var city = new SweptCity();
        await city.SweepAsync();
        city.Later(TimeSpan.FromMinutes(5));
        await city.SweepAsync();
        return city;
    }

    private static StuckItem Item(string kind, string content, DateTimeOffset since) =>
        new($"{kind}:{content}", kind, "It failed.", content, since);
}
