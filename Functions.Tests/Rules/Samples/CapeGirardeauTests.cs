using System.Text.Json.Nodes;

namespace Autopay.Tests.Rules.Samples;

/// <summary>The sample's hand-worked answers agree with its files and with each other.</summary>
public sealed class CapeGirardeauTests
{
    // Excel ate its zeros: it resembles 0040016 and is never opened (R30).
    private const string SetAside = "40016";

    private static readonly string[] Totals =
    [
        "billed",
        "collected",
        "paidElsewhere",
        "credit",
        "open",
        "paidTwice",
        "notCollected",
    ];

    private static readonly HashSet<string> Accounts =
    [
        .. CapeGirardeau.Rows("accounts").Select(a => a["account_id"]).Where(a => a != SetAside),
    ];

    private static Dictionary<string, JsonNode> ExpectedBills =>
        CapeGirardeau.Expected["accounts"]!
            .AsObject()
            .SelectMany(a => a.Value!["bills"]!.AsObject())
            .ToDictionary(b => b.Key, b => b.Value!);

    // A corrected bill comes again in a later file, and finance took its numbers (R31): the last row counts.
    private static IEnumerable<Dictionary<string, string>> OurBills =>
        CapeGirardeau
            .Rows("bills")
            .Where(b => Accounts.Contains(b["account_id"]))
            .GroupBy(b => b["bill_id"])
            .Select(rows => rows.Last());

    [Fact]
    public void Every_file_is_imported_once() =>
        Assert.Equal(
            Directory.GetFiles(CapeGirardeau.Folder, "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            CapeGirardeau.Timeline["steps"]!
                .AsArray()
                .Select(s => (string?)s!["file"])
                .OfType<string>()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_table_covers_every_bill_of_ours()
    {
        var ours = OurBills.Select(b => b["bill_id"]).ToHashSet();

        // 62 of the outage and ten for the rules about files: few enough to work out by hand.
        Assert.InRange(Accounts.Count, 70, 74);
        Assert.Equal(ours, [.. CapeGirardeau.Table.Keys]);
        Assert.Equal(ours, [.. ExpectedBills.Keys]);
    }

    [Fact]
    public void The_table_says_the_same_as_the_expected_file() =>
        Assert.All(
            ExpectedBills,
            bill =>
            {
                var cells = CapeGirardeau.Table[bill.Key];
                Assert.Equal((string?)bill.Value["due"], cells[2]);
                string[] columns = ["charges", "paid", "collected", "open"];
                Assert.Equal(columns.Select(c => (long)bill.Value[c]!), cells[3..7].Select(CityFiles.Cents));
            }
        );

    [Fact]
    public void Charges_are_those_of_the_bill_with_its_adjustments() =>
        Assert.All(
            OurBills,
            b =>
            {
                var adjusted = CapeGirardeau
                    .Rows("bill-adjustments")
                    .Where(a => a["bill_id"] == b["bill_id"])
                    .Sum(a => a.Cents("amount"));
                var expected = ExpectedBills[b["bill_id"]];
                Assert.Equal(b.Cents("current_charges") + adjusted, (long)expected["charges"]!);
                Assert.Equal(
                    (long)expected["charges"]!,
                    (long)expected["paid"]! + (long)expected["collected"]! + (long)expected["open"]!
                );
                Assert.Equal(b.Cents("total_due"), b.Cents("current_charges") + b.Cents("previous_balance"));
            }
        );

    [Fact]
    public void The_totals_are_sums_and_the_timeline_expects_them()
    {
        var totals = CapeGirardeau.Expected["totals"]!;
        Assert.All(Totals, t => Assert.Equal((long)totals[t]!, (long)CapeGirardeau.Timeline["expect"]![t + "Cents"]!));
        Assert.Equal((long)totals["waitingRows"]!, (long)CapeGirardeau.Timeline["expect"]!["waitingRows"]!);
        Assert.Equal((long)totals["billed"]!, ExpectedBills.Values.Sum(b => (long)b["charges"]!));
        Assert.Equal((long)totals["collected"]!, ExpectedBills.Values.Sum(b => (long)b["collected"]!));
        Assert.Equal((long)totals["paidElsewhere"]!, ExpectedBills.Values.Sum(b => (long)b["paid"]!));
        Assert.Equal((long)totals["open"]!, ExpectedBills.Values.Sum(b => (long)b["open"]!));
        Assert.Equal(
            (long)totals["credit"]!,
            CapeGirardeau.Expected["accounts"]!.AsObject().Sum(a => (long)a.Value!["credit"]!)
        );
    }

    [Fact]
    public void Every_cent_that_came_in_is_on_a_bill_or_credit_or_gone_back()
    {
        var reversed = CapeGirardeau.Rows("payment-reversals").Select(r => r["payment_id"]).ToHashSet();
        var kept = CapeGirardeau
            .Rows("payments")
            .Where(p => Accounts.Contains(p["account_id"]) && !reversed.Contains(p["payment_id"]));
        var totals = CapeGirardeau.Expected["totals"]!;

        // 12.00 of the credit were collected by debit, then adjusted away.
        Assert.Equal(
            kept.Sum(p => p.Cents("amount")),
            (long)totals["paidElsewhere"]! + (long)totals["credit"]! - 1_200
        );
    }

    [Fact]
    public void No_bill_is_collected_by_two_debits() =>
        Assert.All(
            CapeGirardeau.Expected["accounts"]!
                .AsObject()
                .SelectMany(account => account.Value!["debits"]!.AsArray())
                .Where(debit => (string?)debit!["state"] == "Collected")
                .SelectMany(debit => debit!["lines"]!.AsArray())
                .GroupBy(line => (string)line![0]!),
            bill => Assert.Single(bill)
        );
}
