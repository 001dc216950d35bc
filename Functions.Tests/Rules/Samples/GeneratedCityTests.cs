using System.Text.Json.Nodes;
using Autopay.Samples.Generator;

namespace Autopay.Tests.Rules.Samples;

public sealed class GeneratedCityTests
{
    private static readonly City Sample = CityGenerator.Generate(new() { Accounts = 400, Seed = 7 });

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var again = CityGenerator.Generate(new() { Accounts = 400, Seed = 7 });
        Assert.Equal(Sample.Files, again.Files);
        Assert.Equal(Sample.Timeline, again.Timeline);
    }

    [Fact]
    public void Another_seed_gives_another_city()
    {
        var other = CityGenerator.Generate(new() { Accounts = 400, Seed = 8 });
        Assert.NotEqual(Sample.Files["accounts.csv"], other.Files["accounts.csv"]);
        Assert.NotEqual(Sample.Timeline, other.Timeline);
    }

    [Theory]
    [InlineData(
        "accounts",
        "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email"
    )]
    [InlineData(
        "bills",
        "bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due"
    )]
    [InlineData("payments", "payment_id,account_id,amount,channel,drawer,received_on,bill_id")]
    [InlineData("payment-reversals", "payment_id,account_id,reason")]
    [InlineData("bill-adjustments", "adjustment_id,account_id,bill_id,amount,reason")]
    public void Every_file_of_a_kind_has_exactly_the_header_of_that_kind(string kind, string header)
    {
        var files = Sample.Files.Where(f => CityFiles.IsOf(kind, f.Key)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Equal(header, f.Value[..f.Value.IndexOf('\n', StringComparison.Ordinal)]));
    }

    [Fact]
    public void There_are_as_many_accounts_and_bills_as_asked_for()
    {
        Assert.Equal(400, Sample.Rows("accounts").Count);
        Assert.Equal((400 * 3) + 1, Sample.Rows("bills").Count);
    }

    [Fact]
    public void A_plain_city_has_one_bill_an_account_and_one_due_date()
    {
        var city = CityGenerator.Generate(
            new()
            {
                Accounts = 1_000,
                Seed = 7,
                Plain = true,
            }
        );
        Assert.Equal(["accounts.csv", "bills-2020-01-08.csv"], city.Files.Keys);
        var bills = city.Rows("bills");
        Assert.Equal(1_000, bills.Select(b => b["account_id"]).Distinct().Count());
        Assert.Equal("2020-01-22", Assert.Single(bills.Select(b => b["due_date"]).Distinct()));
        Assert.All(city.Rows("accounts"), a => Assert.Matches("^10-[0-9]{7}$", a["account_id"]));
    }

    [Fact]
    public void The_timeline_imports_every_file_once_in_time_order()
    {
        var steps = JsonNode.Parse(Sample.Timeline)!["steps"]!.AsArray();
        Assert.Equal(
            Sample.Files.Keys,
            steps.Select(s => (string?)s!["file"]).OfType<string>().Order(StringComparer.Ordinal)
        );
        var times = steps.Select(s => (string)s!["at"]!).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public void Written_files_are_what_is_in_memory()
    {
        var folder = Directory.CreateTempSubdirectory("city");
        Sample.WriteTo(folder.FullName);
        Assert.All(Sample.Files, f => Assert.Equal(f.Value, File.ReadAllText(Path.Combine(folder.FullName, f.Key))));
        Assert.Equal(Sample.Timeline, File.ReadAllText(Path.Combine(folder.FullName, "timeline.json")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_city_without_accounts_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CityGenerator.Generate(new() { Accounts = 0 }));
}
