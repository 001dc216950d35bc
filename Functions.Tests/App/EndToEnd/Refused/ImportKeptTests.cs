using Autopay.Tests.Fixtures;
using static Autopay.Tests.Fixtures.Refusing;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Files that are taken and must not do more than they may.</summary>
[Collection(OneApp.Collection)]
public sealed class ImportKeptTests(OneApp one)
{
    private readonly AppHost app = one.App;

    [Fact]
    public async Task N43_a_stored_bill_with_another_content_waits_for_a_person_and_its_numbers_stay()
    {
        var before = await BillAsync();

        var done = await app.ImportAsync("bills", Csv.Bills(("B-2", "A-2", "99.00")));

        Assert.Equal(
            (0, 1),
            (done["result"].GetProperty("applied").GetInt32(), done["result"].GetProperty("conflicts").GetInt32())
        );
        Assert.Equal(before, await BillAsync());
    }

    [Fact]
    public async Task N46_the_same_file_again_under_any_name()
    {
        var csv = Csv.Payments(("P-S", "A-2", "1.00"));
        await app.ImportAsync("payments", csv);

        var answers = await app.RefusesAsync(
            200,
            File("payments", csv),
            File("payments", csv, "other.csv"),
            File("payments", csv, "..%2Fother%0d%0a.csv")
        );

        Assert.All(answers, answer => Assert.Equal("already imported", answer["message"].GetString()));
    }

    [Theory]
    [InlineData("..%2F..%2Fx", "....x", 0, 2, 1)]
    [InlineData("%3Dcmd", "=cmd", 1, 0, 2)]
    [InlineData("a%0D%0Ab", "ab", 1, 2, 0)]
    [InlineData("a%E2%80%AEvsc", "avsc", 2, 0, 1)]
    [InlineData("300", "xxxxxxxxxx", 2, 1, 0)]
    public async Task N47_a_name_is_only_shown(string name, string shown, params int[] order)
    {
        (string, string, string)[] rows = [("P-N0", "A-2", "0.01"), ("P-N1", "A-2", "0.01"), ("P-N2", "A-2", "0.01")];
        await app.UploadAsync("payments", Csv.Payments(rows));
        await app.IdleAsync();

        Answer? taken = null;
        var changed = await app.ChangedByAsync(async () =>
            taken = await app.SendAsync(
                File(
                    "payments",
                    Csv.Payments([.. order.Select(row => rows[row])]),
                    name == "300" ? new string('x', 300) : name
                )
            )
        );

        var kept = taken!["import"].GetProperty("fileName").GetString()!;
        Assert.Equal((202, true), (taken.Status, kept.Length <= 120));
        Assert.StartsWith(shown, kept, StringComparison.Ordinal);
        ThenOnlyTheFileIsKept(changed, taken["importId"].GetString()!);
    }

    private async Task<string> BillAsync() =>
        (await app.GetAsync("api/accounts/A-2"))["bills"]
            .EnumerateArray()
            .Single(bill => bill.GetProperty("bill").GetString() == "B-2")
            .GetRawText();

    private static void ThenOnlyTheFileIsKept(IReadOnlyList<string> changed, string id) =>
        Assert.Equal([$"+ blob imports {id}.csv", $"+ table imports imports {id}"], changed);
}
