using System.Text.Json.Nodes;
using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>The example city comes out to the cent of its expected.json, account by account.</summary>
public sealed class ExampleCityTests
{
    private static readonly JsonNode Expected = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Drills.FolderOf("example-city"), "expected.json"))
    )!;

    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(Drills.FolderOf("example-city")));

    public static TheoryData<string> Good => [.. Accounts(bad: false)];

    public static TheoryData<string> Bad => [.. Accounts(bad: true)];

    [Fact]
    public async Task Everything_holds_and_the_totals_are_as_expected()
    {
        var city = await City.Value;
        Assert.Empty(city.Failures);
        Assert.Equal(
            ((long)Expected["totals"]!["billed"]!, (long)Expected["totals"]!["collected"]!),
            (city.Report.Totals.BilledCents, city.Report.Totals.CollectedCents)
        );
        Assert.Equal(
            Accounts(bad: false).Concat(Accounts(bad: true)).Order(StringComparer.Ordinal),
            city.Report.Accounts.Select(account => account.Account)
        );
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task An_account_comes_out_to_the_cent(string id)
    {
        var (account, expected) = (await AccountAsync(id), Expected["accounts"]![id]!);
        Assert.Equal(ExpectedAccount.Bills(expected), account.Bills.Select(ExpectedAccount.Text));
        Assert.Equal(
            ExpectedAccount.Debits(expected),
            ExpectedAccount.InDueDateOrder(
                account.Debits.Where(debit => debit.State is not (DebitState.Merged or DebitState.Cancelled))
            )
        );
        Assert.Equal((long)expected["credit"]!, account.CreditCents);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task An_account_whose_bank_says_no_pays_nothing(string id)
    {
        var account = await AccountAsync(id);
        Assert.All(account.Bills, bill => Assert.Equal(0, bill.CollectedCents));
        Assert.Equal((long)Expected["accounts"]![id]!["charges"]!, account.Bills.Sum(bill => bill.OpenCents));
        Assert.All(account.Debits, debit => Assert.InRange(debit.Attempts, 0, 3));
        Assert.All(account.Debits, debit => Assert.NotEqual(DebitState.Collected, debit.State));
    }

    private static IEnumerable<string> Accounts(bool bad) =>
        Expected["accounts"]!
            .AsObject()
            .Where(account => (bool)account.Value!["bad"]! == bad)
            .Select(account => account.Key);

    private static async Task<ReportAccount> AccountAsync(string id) =>
        (await City.Value).Report.Accounts.Single(account => account.Account == id);
}
