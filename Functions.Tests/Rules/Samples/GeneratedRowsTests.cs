using Autopay.Samples.Generator;

namespace Autopay.Tests.Rules.Samples;

public sealed class GeneratedRowsTests
{
    private const string Money = @"^-?(0|[1-9][0-9]*)\.[0-9]{2}$";

    private static readonly City Sample = CityGenerator.Generate(
        new()
        {
            Accounts = 1_200,
            Seed = 11,
            Months = 4,
        }
    );

    private static readonly Dictionary<string, string> CycleOf = Sample
        .Rows("accounts")
        .ToDictionary(a => a["account_id"], a => a["cycle"]);

    [Fact]
    public void Account_rows_are_well_formed() =>
        Assert.All(
            Sample.Rows("accounts"),
            a =>
            {
                Assert.Equal(9, a.Count);
                Assert.Matches("^[1-4]0-[0-9]{7}$", a["account_id"]);
                Assert.Equal(a["account_id"][..1], a["cycle"]);
                Assert.Equal(a["cycle"] is "1" or "2" ? "west" : "east", a["service_area"]);
                Assert.Contains(a["autopay"], (string[])["on", "off"]);
                Assert.Matches(@"^$|^[1-9][0-9]*\.[0-9]{2}$", a["max_debit"]);
            }
        );

    [Fact]
    public void Bill_rows_are_well_formed() =>
        Assert.All(
            Sample.Rows("bills"),
            b =>
            {
                Assert.Equal(9, b.Count);
                Assert.All(
                    (string[])["current_charges", "previous_balance", "total_due"],
                    column => Assert.Matches(Money, b[column])
                );
                Assert.True(b.Cents("current_charges") > 0);
                Assert.Equal(b.Cents("total_due"), b.Cents("current_charges") + b.Cents("previous_balance"));
                Assert.Equal(DayOfWeek.Wednesday, b.Day("bill_date").DayOfWeek);
                Assert.Equal(b.Day("bill_date").AddDays(14), b.Day("due_date"));
                Assert.Equal(b.Day("due_date").AddDays(7), b.Day("penalty_date"));
            }
        );

    [Fact]
    public void Bill_numbers_are_unique_and_one_bill_belongs_to_nobody()
    {
        var bills = Sample.Rows("bills");
        Assert.Equal(bills.Count, bills.Select(b => b["bill_id"]).Distinct().Count());
        Assert.Single(bills, b => !CycleOf.ContainsKey(b["account_id"]));
        Assert.All(
            bills.Where(b => CycleOf.ContainsKey(b["account_id"])),
            b => Assert.Equal(CycleOf[b["account_id"]], b["cycle"])
        );
    }

    [Fact]
    public void Payment_rows_are_well_formed_and_one_is_of_an_unknown_account()
    {
        var payments = Sample.Rows("payments");
        Assert.Equal(payments.Count, payments.Select(p => p["payment_id"]).Distinct().Count());
        Assert.Single(payments, p => !CycleOf.ContainsKey(p["account_id"]));
        Assert.All(
            payments,
            p =>
            {
                Assert.True(p.Cents("amount") > 0);
                Assert.Contains(p["channel"], (string[])["cash", "check", "card", "online"]);
                Assert.InRange(p.Day("received_on"), new(2020, 1, 18), new(2020, 2, 18));
                Assert.StartsWith(
                    p["bill_id"].Length == 0 ? "" : p["account_id"],
                    p["bill_id"],
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Fact]
    public void Reversals_and_adjustments_name_what_exists()
    {
        var payments = Sample.Rows("payments").Select(p => p["payment_id"]).ToHashSet();
        var bills = Sample.Rows("bills").Select(b => b["bill_id"]).ToHashSet();
        Assert.All(Sample.Rows("payment-reversals"), r => Assert.Contains(r["payment_id"], payments));
        Assert.All(Sample.Rows("bill-adjustments"), a => Assert.Contains(a["bill_id"], bills));
        Assert.All(Sample.Rows("bill-adjustments"), a => Assert.Matches(Money, a["amount"]));
    }

    [Fact]
    public void Every_story_is_lived_by_someone()
    {
        Assert.NotEmpty(Sample.Rows("payment-reversals"));
        Assert.NotEmpty(Sample.Rows("bill-adjustments"));
        Assert.All(
            (string[])
                [
                    "skip",
                    "rearm",
                    "autopay",
                    "approve",
                    "cancel",
                    "defer",
                    "clear",
                    "reopen",
                    "halt",
                    "resume",
                    "waive",
                    "shield",
                ],
            verb => Assert.Contains($"\"do\":\"{verb}\"", Sample.Timeline, StringComparison.Ordinal)
        );
        var methods = Sample.Rows("accounts").Select(a => a["payment_method_id"]).Distinct();
        Assert.Equal(5, methods.Count(m => m.StartsWith("pm_usBankAccount_", StringComparison.Ordinal)));
    }
}
