using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What an approval is about, whose it is, and how long it waits.</summary>
public sealed class ApprovalTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);
    private static readonly CycleNumber One = new(1);
    private static readonly Dictionary<string, DateOnly> Through = new()
    {
        ["check"] = Day("2020-01-19"),
        ["cash"] = Day("2020-01-20"),
    };

    private static readonly CertificateOverride Differences = new("c0ffee", 8, 2, new Money(6_000));

    private static readonly CycleReleased Released = new(
        new ReleaseTerms("R-1", One, "h", 3, new Money(15_920)) { PreparedBy = ["city|cem"] }
    );

    private static readonly RefundAgreed Refund = new(
        DebitId.From("A-1-1-0001"),
        "RF-1",
        RefundKind.Refund,
        new Money(25_000),
        new Money(1_500)
    );

    private static readonly ExemptionAgreed Exemption = new(
        new AccountId("A-1"),
        new BillId("jan"),
        new DeferralId("outage"),
        new Money(5_000)
    );

    private static readonly ImportAgreed Import = new("I-1", "aa", Monday, new MethodChanges(3, 1, 1, 1, 0));

    [Fact]
    public void Each_names_the_money_that_is_agreed_to_and_an_act_without_money_none()
    {
        Assert.Equal(15_920, AmountOf(Released));
        Assert.Equal(25_000, AmountOf(Refund));
        Assert.Equal(5_000, AmountOf(Exemption));
        Assert.Equal(6_000, AmountOf(new BacklogClearing([One], Through) { Override = Differences }));
        Assert.Null(AmountOf(new BacklogClearing([One], Through)));
        Assert.Null(AmountOf(new ChargingResumed()));

        static long? AmountOf(ControlChange act) => Of(act).Amount?.Cents;
    }

    [Fact]
    public void Each_names_the_cycles_on_whose_word_it_rests()
    {
        Assert.Equal([One], Of(Released).Cycles);
        Assert.Equal([One, new CycleNumber(2)], Of(new BacklogClearing([One, new(2)], Through)).Cycles);
        Assert.Empty(Of(Refund).Cycles);
    }

    [Fact]
    public void What_is_done_elsewhere_than_in_the_controls_is_to_do_once_it_is_approved_until_it_is_done()
    {
        Assert.All(new ControlChange[] { Refund, Exemption, Import }, act => Assert.True(Approved(act).IsToDo));
        Assert.False(Approved(new ChargingResumed()).IsToDo);
        Assert.False(Of(Refund).IsToDo);
        Assert.False((Approved(Refund) with { IsRejected = true }).IsToDo);
        Assert.False((Approved(Refund) with { Outcome = "done" }).IsToDo);
    }

    [Theory]
    [InlineData("city|ann", null, true)]
    [InlineData("city|cem", null, true)]
    [InlineData("CITY|CEM", null, true)]
    [InlineData("city|bob", null, false)]
    [InlineData("city|bob", "cem@city.example", true)]
    [InlineData("dora@city.example", null, true)]
    [InlineData("city|bob", "dora@city.example", true)]
    [InlineData("city|bob", "bob@city.example", false)]
    public void Who_prepared_a_plan_is_known_also_by_the_address_of_the_command_line(
        string person,
        string? name,
        bool prepared
    )
    {
        var terms = Released.Terms with
        {
            PreparedBy =
            [
                "city|cem",
                Authority.OnCommandLine("cem@city.example"),
                Authority.OnCommandLine("dora@city.example"),
            ],
        };
        var approval = Of(new CycleReleased(terms));

        Assert.Equal(prepared, approval.IsPreparedBy(new Authority(person, "read it", Monday) { Name = name }));
    }

    [Fact]
    public void Only_a_release_has_others_who_prepared_it()
    {
        Assert.True(Of(Refund).IsPreparedBy("city|ann"));
        Assert.False(Of(Refund).IsPreparedBy("city|cem"));
    }

    [Fact]
    public void It_waits_for_exactly_a_day()
    {
        Assert.Equal(Monday.AddHours(24), Of(Refund).ExpiresAt);
        Assert.False(Of(Refund).IsExpired(Monday.AddHours(24)));
        Assert.True(Of(Refund).IsExpired(Monday.AddHours(24).AddTicks(1)));
    }

    [Fact]
    public void What_is_shown_and_its_id_make_the_hash()
    {
        var approval = Of(Refund);
        Assert.NotEqual(approval.Hash, (approval with { Shown = "another text" }).Hash);
        Assert.NotEqual(approval.Hash, (approval with { Id = "b" }).Hash);
    }

    [Theory]
    [InlineData(8, 2, null, null, "2 of 8 counted totals differ, by $60.00")]
    [InlineData(8, 0, 3, null, "3 days were not counted")]
    [InlineData(0, 0, 3, null, "nothing was counted")]
    [InlineData(8, 0, null, 1, "1 count was lowered")]
    [InlineData(8, 0, null, 2, "2 counts were lowered")]
    [InlineData(
        8,
        2,
        3,
        2,
        "2 of 8 counted totals differ, by $60.00, and 3 days were not counted, and 2 counts were lowered"
    )]
    public void Both_people_read_in_spite_of_what_a_cycle_is_cleared(
        int totals,
        int differences,
        int? days,
        int? lowered,
        string although
    )
    {
        var act = new BacklogClearing([One, new CycleNumber(2)], Through)
        {
            Override = new CertificateOverride("c0ffee", totals, differences, new Money(6_000))
            {
                UncountedDays = days,
                Lowered = lowered,
                InPlace = "drawer W1: 1 of $1.00, before 2 of $2.00 by ann",
            },
        };

        Assert.Equal(
            $"Cycle 1, 2 is cleared although {although}. Received through cash 2020-01-20, check 2020-01-19. Counts "
                + "were replaced: drawer W1: 1 of $1.00, before 2 of $2.00 by ann. Certificate c0ffee",
            ShownOf(new Controls(), act)
        );
    }

    [Fact]
    public void Both_people_read_which_bill_leaves_which_hold_and_that_no_release_follows()
    {
        var held = new Controls().Change(
            new DeferralDeclared(
                new DeferralId("outage"),
                [One],
                Day("2020-01-20"),
                Day("2020-02-05"),
                DeferralAction.Hold,
                null
            ),
            By("city|ann")
        );

        Assert.Equal(
            "Bill jan of account A-1, $50.00, is taken out of the hold 'outage' (test). It goes to the bank on its due "
                + "date, or at once when that is past, without a release.",
            ShownOf(held, Exemption)
        );
        Assert.Equal("The hold 'outage' is not in force.", Refused(new Controls(), Exemption));
        var withdrawn = held.Change(new DeferralWithdrawn(new DeferralId("outage")), By("city|ann"));
        Assert.Equal("The hold 'outage' is not in force.", Refused(withdrawn, Exemption));
    }

    [Fact]
    public void What_changes_how_many_accounts_pay_is_counted_kind_by_kind()
    {
        var before = new Enrolment
        {
            Cycle = One,
            Autopay = true,
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            Mandate = "m_1",
            MaxDebit = new Money(100),
        };

        Assert.Equal(MethodChanges.None, MethodChanges.Of(before, before with { Autopay = false }));
        Assert.Equal(new MethodChanges(1, 1, 0, 0, 0), MethodChanges.Of(before, before with { Customer = "c" }));
        Assert.Equal(new MethodChanges(1, 0, 1, 0, 0), MethodChanges.Of(before, before with { PaymentMethod = "p" }));
        Assert.Equal(new MethodChanges(1, 0, 0, 1, 0), MethodChanges.Of(before, before with { Mandate = "m" }));
        Assert.Equal(new MethodChanges(1, 0, 0, 0, 1), MethodChanges.Of(before, before with { MaxDebit = null }));
        Assert.Equal(MethodChanges.None, MethodChanges.Of(before with { PaymentMethod = "" }, before));
        Assert.Equal(
            new MethodChanges(5, 4, 3, 2, 9),
            new MethodChanges(4, 2, 1, 1, 4) + new MethodChanges(1, 2, 2, 1, 5)
        );
        Assert.Equal(7, (new MethodChanges(4, 2, 1, 1, 4) with { Earlier = 3 }).InADay);
    }

    private static Approval Of(ControlChange act) => new("a", act, "shown", By("city|ann"));

    private static Approval Approved(ControlChange act) => Of(act) with { Decided = By("city|bob") };

    private static string ShownOf(Controls controls, ControlChange act) =>
        controls.Change(new ApprovalAsked("a", act), By("city|ann")).Approvals[^1].Shown;

    private static string Refused(Controls controls, ControlChange act) =>
        Assert.Throws<RefusedException>(() => ShownOf(controls, act)).Message;

    private static Authority By(string person) => new(person, "test", Monday);
}
