using System.Text;
using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

public sealed class GoodFilesTests
{
    private static readonly Moment Now = new(
        new DateTimeOffset(2020, 2, 17, 22, 0, 0, TimeSpan.Zero),
        new DateOnly(2020, 2, 17),
        new TimeOnly(16, 0)
    );

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void A_good_row_of_each_kind_is_read(ImportKind kind)
    {
        var row = Assert.Single(Csv.Rows(kind, Csv.File(kind, Csv.GoodRow(kind))));
        Assert.Equal(new AccountId(kind.FileFormat.HasAccounts ? "A1" : ""), row.Account);
        Assert.Equal(2, row.Line);
        Assert.Equal(kind.FileFormat.HasAccounts, row.Total is null);
        Assert.Equal(Now, kind.FileFormat.HasAccounts ? row.ToCommand(Now).Now : Now);
    }

    [Fact]
    public void A_control_totals_row_is_a_total_of_whoever_sent_it_and_asks_nothing_of_an_account()
    {
        var row = Csv.Rows(ImportKind.ControlTotals, Csv.File(ImportKind.ControlTotals, "1/24/2020,Cash,,0,0,"))[0];
        var sender = new Authority("office", "the slips", Now.Utc);

        Assert.Equal(
            new ControlTotal(new TotalKey(new DateOnly(2020, 1, 24), "cash", "", null), 0, Money.Zero, sender),
            row.Total!(sender)
        );
        Assert.Throws<InvalidOperationException>(() => row.ToCommand(Now));
    }

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void A_header_alone_is_a_good_file_without_rows(ImportKind kind)
    {
        var check = Csv.Check(kind, Csv.File(kind));
        Assert.True(check.IsGood);
        Assert.Equal(0, check.Rows);
        Assert.Equal(Money.Zero, check.Total);
    }

    [Fact]
    public void An_account_row_enrols()
    {
        var enrolment = CommandOf<Enrol>(ImportKind.Accounts, Csv.GoodRow(ImportKind.Accounts)).Enrolment;
        Assert.Equal(
            new Enrolment
            {
                Cycle = new(1),
                ServiceArea = "west",
                Autopay = true,
                Customer = "cus_1",
                PaymentMethod = "pm_1",
                Mandate = "mandate_1",
                MaxDebit = new Money(150_00),
                Email = "pat@example.org",
                Language = "en",
                CardExpires = new DateOnly(2026, 8, 31),
            },
            enrolment
        );
    }

    [Fact]
    public void Mandate_cap_and_email_of_an_account_may_be_empty()
    {
        var enrolment = CommandOf<Enrol>(ImportKind.Accounts, "A1,4,,off,cus_1,pm_1,,,").Enrolment;
        Assert.Equal(
            new Enrolment
            {
                Cycle = new(4),
                Autopay = false,
                Customer = "cus_1",
                PaymentMethod = "pm_1",
            },
            enrolment
        );
    }

    [Fact]
    public void A_bill_row_imports_a_bill_and_its_charges_count()
    {
        var row = Assert.Single(Csv.Rows(ImportKind.Bills, Csv.File(ImportKind.Bills, Csv.GoodRow(ImportKind.Bills))));
        var bill = ((ImportBill)row.ToCommand(Now)).Bill;
        Assert.Equal(
            ("B1", 1, new DateOnly(2020, 1, 8), new DateOnly(2020, 1, 22), new DateOnly(2020, 1, 29)),
            (bill.Id.Value, bill.Cycle.Value, bill.BillDate, bill.DueDate, bill.PenaltyDate)
        );
        Assert.Equal(
            (50_00L, -5_00L, 45_00L),
            (bill.CurrentCharges.Cents, bill.PreviousBalance.Cents, bill.TotalDue.Cents)
        );
        Assert.Equal(new Money(50_00), row.Cents);
    }

    [Fact]
    public void A_total_due_below_zero_is_fine()
    {
        var bill = CommandOf<ImportBill>(
            ImportKind.Bills,
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,5.00,-20.00,-15.00"
        ).Bill;
        Assert.Equal(new Money(-15_00), bill.TotalDue);
    }

    [Fact]
    public void A_payment_row_is_posted_on_the_day_of_the_import()
    {
        var payment = CommandOf<PostBackPayment>(ImportKind.Payments, Csv.GoodRow(ImportKind.Payments)).Payment;
        Assert.Equal(
            ("P1", 12_50L, "cash", "D1"),
            (payment.Id.Value, payment.Amount.Cents, payment.Channel, payment.Drawer)
        );
        Assert.Equal(
            (new DateOnly(2020, 1, 24), Now.Today, new BillId("B1")),
            (payment.ReceivedOn, payment.PostedOn, payment.NamedBill)
        );
    }

    [Theory]
    [InlineData("cash")]
    [InlineData("check")]
    [InlineData("card")]
    [InlineData("online")]
    public void Drawer_and_bill_of_a_payment_may_be_empty(string channel)
    {
        var payment = CommandOf<PostBackPayment>(ImportKind.Payments, $"P1,A1,12.50,{channel},,2020-01-24,").Payment;
        Assert.Equal((channel, "", null), (payment.Channel, payment.Drawer, payment.NamedBill));
    }

    [Fact]
    public void A_reversal_an_adjustment_and_a_balance_become_their_commands()
    {
        var reversal = CommandOf<ReversePayment>(ImportKind.PaymentReversals, Csv.GoodRow(ImportKind.PaymentReversals));
        Assert.Equal(("P1", "check returned by the bank"), (reversal.Payment.Value, reversal.Why));
        var adjustment = CommandOf<AdjustBill>(ImportKind.BillAdjustments, Csv.GoodRow(ImportKind.BillAdjustments));
        Assert.Equal(
            ("J1", "B1", -15_00L, "leak allowance"),
            (adjustment.AdjustmentId, adjustment.Bill.Value, adjustment.Amount.Cents, adjustment.Why)
        );
        var balance = CommandOf<CompareBalance>(ImportKind.Balances, Csv.GoodRow(ImportKind.Balances));
        Assert.Equal(("B1", 45_00L, new DateOnly(2020, 2, 1)), (balance.Bill.Value, balance.Open.Cents, balance.AsOf));
    }

    [Fact]
    public void A_penalty_becomes_its_command_and_stands_while_the_cell_is_empty()
    {
        var charged = CommandOf<RecordPenalty>(ImportKind.Penalties, Csv.GoodRow(ImportKind.Penalties)).Penalty;
        Assert.Equal(
            ("F1", "B1", 5_00L, new DateOnly(2020, 1, 30), new DateOnly(2020, 2, 3)),
            (charged.Id, charged.Bill.Value, charged.Amount.Cents, charged.ChargedOn, charged.ReversedOn)
        );
        var stands = CommandOf<RecordPenalty>(ImportKind.Penalties, "F1,A1,B1,5.00,2020-01-30,").Penalty;
        Assert.Equal(charged with { ReversedOn = null }, stands);
    }

    [Fact]
    public void The_control_total_is_the_signed_sum_of_the_rows()
    {
        var check = Csv.Check(
            ImportKind.BillAdjustments,
            Csv.File(ImportKind.BillAdjustments, "J1,A1,B1,-15.00,x", "J2,A1,B1,2.50,x", "J3,A2,B1,0.01,x")
        );
        Assert.Equal((3, -12_49L), (check.Rows, check.Total.Cents));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Either_line_ending_is_accepted(string ending)
    {
        var text = string.Join(ending, Csv.Header(ImportKind.PaymentReversals), "P1,A1,bounced", "P2,A1,bounced", "");
        Assert.Equal([2, 3], Csv.Rows(ImportKind.PaymentReversals, text).Select(row => row.Line));
    }

    [Fact]
    public void The_last_line_needs_no_ending() =>
        Assert.Single(
            Csv.Rows(ImportKind.PaymentReversals, Csv.File(ImportKind.PaymentReversals, "P1,A1,bounced").TrimEnd())
        );

    [Fact]
    public void Empty_lines_are_passed_over_and_counted() =>
        Assert.Equal(
            [4],
            Csv.Rows(ImportKind.PaymentReversals, Csv.File(ImportKind.PaymentReversals, "", "", "P1,A1,bounced", ""))
                .Select(row => row.Line)
        );

    [Fact]
    public void Quoted_fields_may_hold_commas_and_doubled_quotes()
    {
        var reason = "returned, \"no funds\"";
        var reversal = CommandOf<ReversePayment>(ImportKind.PaymentReversals, $"P1,A1,{Csv.Quoted(reason)}");
        Assert.Equal(reason, reversal.Why);
    }

    [Fact]
    public void Letters_beyond_ascii_are_text_like_any_other() =>
        Assert.Equal(
            "Überweisung 戻り 🚰",
            CommandOf<ReversePayment>(ImportKind.PaymentReversals, "P1,A1,Überweisung 戻り 🚰").Why
        );

    [Fact]
    public void One_byte_order_mark_is_accepted() =>
        Assert.True(
            Csv.Check(
                ImportKind.Bills,
                [
                    .. Encoding.UTF8.Preamble,
                    .. Encoding.UTF8.GetBytes(Csv.File(ImportKind.Bills, Csv.GoodRow(ImportKind.Bills))),
                ]
            ).IsGood
        );

    [Fact]
    public void The_same_bill_number_in_two_accounts_is_two_bills() =>
        Assert.Equal(
            2,
            Csv.Rows(
                ImportKind.Bills,
                Csv.File(
                    ImportKind.Bills,
                    Csv.GoodRow(ImportKind.Bills),
                    Csv.GoodRow(ImportKind.Bills).Replace("A1", "A2", StringComparison.Ordinal)
                )
            ).Count
        );

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void The_name_of_a_kind_leads_back_to_it(ImportKind kind)
    {
        Assert.Equal(kind, ImportFormat.Find(kind.ToText())?.Kind);
        Assert.Contains(kind.ToText(), ImportFormat.AllNames, StringComparison.Ordinal);
        Assert.Null(ImportFormat.Find(kind.ToText().ToUpperInvariant()));
    }

    private static T CommandOf<T>(ImportKind kind, string row)
        where T : LedgerCommand => Assert.IsType<T>(Assert.Single(Csv.Rows(kind, Csv.File(kind, row))).ToCommand(Now));
}
